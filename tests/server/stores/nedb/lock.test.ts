import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCK_FILE, takeLock } from '../../../../server/stores/nedb/lock.ts'
import { failure, faultyFiles } from '../../../workers/keeping/faulty-files.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'

const faults = await faultyFiles()
const lock = suite('lock')
lock.after.each(() => {
  faults.ask = null
})
const HOLDER = fileURLToPath(new URL('./lock-holder.ts', import.meta.url))

/** A process of its own that takes the folder: says `held` and stays, or what refused it. */
async function holder(folder: string): Promise<{ said: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [said] = await once(child.stdout, 'data')
  return {
    said: String(said).trim(),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

lock('refuses a second process with a sentence, and lets it in when the first has ended', () =>
  inFolder(async (folder) => {
    const first = await takeLock(folder)
    const second = await holder(folder)
    assert.is(
      second.said,
      `The data folder ${folder} is in use by the process ${process.pid}. Stop it, or give this one another DATA_DIR.`,
    )
    await second.kill()
    await first.release()
    const third = await holder(folder)
    assert.is(third.said, 'held')
    await third.kill()
  }),
)

lock('refuses the same process a second time', () =>
  inFolder(async (folder) => {
    const first = await takeLock(folder)
    assert.instance(await takeLock(folder).catch((error: unknown) => error), Error)
    await first.release()
    await (await takeLock(folder)).release()
    assert.equal(await readdir(folder), [])
  }),
)

lock('takes over from a process that was killed', () =>
  inFolder(async (folder) => {
    const killed = await holder(folder)
    assert.is(killed.said, 'held')
    const refusal = await takeLock(folder).catch((error: unknown) => error)
    assert.instance(refusal, Error)
    await killed.kill()
    const mine = await takeLock(folder)
    assert.match(await readFile(join(folder, LOCK_FILE), 'utf8'), `"pid":${process.pid}`)
    await mine.release()
  }),
)

lock('leaves a folder to a container whose process it cannot see, and takes it once that one is quiet', () =>
  inFolder(async (folder) => {
    if (process.platform !== 'linux') return
    const path = join(folder, LOCK_FILE)
    // In its own container every server is process 1, of which there is another one here.
    await writeFile(path, JSON.stringify({ pid: 1, started: 'its boot:1', space: 'pid:[1]' }))
    const touching = setInterval(() => utimes(path, new Date(), new Date()), 20)
    const refusal = await takeLock(folder, 60_000).catch((error: unknown) => error)
    clearInterval(touching)
    assert.match(String(refusal), /is in use by the process 1/)
    await (await takeLock(folder, 300)).release()
    await writeFile(path, JSON.stringify({ pid: 1, started: 'its boot:1', space: 'pid:[1]' }))
    const long = new Date(Date.now() - 60_000)
    await utimes(path, long, long)
    await (await takeLock(folder)).release()
  }),
)

lock('is not fooled by a pid that was given anew, or by a file that says nothing', () =>
  inFolder(async (folder) => {
    const others = [JSON.stringify({ pid: process.pid, started: 'another boot:1' }), '', '{"pid":"x"}']
    for (const [nth, text] of others.entries()) {
      // Without /proc only the pid can be asked, and that lives.
      if (nth === 0 && process.platform !== 'linux') continue
      await writeFile(join(folder, LOCK_FILE), text)
      await (await takeLock(folder)).release()
    }
  }),
)

lock(
  'is taken on a disk that is full to the brim, too, keeps others out, and is taken over when its process is gone',
  () =>
    inFolder(async (folder) => {
      faults.ask = (name) => (name === 'writeFile' ? failure('ENOSPC') : null)
      const first = await takeLock(folder)
      assert.instance(await takeLock(folder).catch((error: unknown) => error), Error)
      const second = await holder(folder)
      assert.match(second.said, `in use by the process ${process.pid}`)
      await second.kill()
      await first.release()
      assert.equal(await readdir(folder), [])
      await symlink(`${2 ** 30} another-boot:1`, join(folder, LOCK_FILE))
      await (await takeLock(folder)).release()
      assert.equal(await readdir(folder), [])
    }),
)

lock('is taken by one of many at once, over a lock of the dead', () =>
  inFolder(async (folder) => {
    for (let round = 0; round < 20; round += 1) {
      const place = join(folder, `${round}`)
      await mkdir(place)
      await writeFile(join(place, LOCK_FILE), JSON.stringify({ pid: 2 ** 30, started: null }))
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(place)))
      assert.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.is((await stat(join(place, LOCK_FILE))).mode & 0o777, 0o600)
    }
  }),
)

lock.run()
