import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ProducedView } from '../../server/api/sources.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { FaultyDisk } from '../help/faulty-server.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'
import { sampled, WHOLE } from '../help/whole.ts'

/** One channel with a running stream, through all of it; each test leaves it to the next as the disk left it. */
interface Scene {
  disk: FaultyDisk
  dataDir: string
  server: RunningServer
  panel: Panel
  key: string
  stream: string
  /** Ids of all that was pushed while the disk could come back to it, in order. */
  sent: string[]
}

const ROUNDS = WHOLE ? 20 : 2
const PUSHES = 3
const PER_PUSH = 10
const SLOW_PUSHES = WHOLE ? 60 : 8
/** Messages that the older copy does not have, and readers that saw some of them. */
const NEWER = 40
const READERS = 8

const test = suite('a disk that fails')
const scene = {} as Scene
let made = 0

test.before(async () => {
  const data = await temporaryData()
  test.after(() => data.remove())
  scene.disk = new FaultyDisk(data.path)
  scene.dataDir = join(data.path, 'data')
  scene.server = await scene.disk.start(scene.dataDir)
  scene.panel = await Panel.register(scene.server.base, 'Noodle_Knight')
  scene.key = (await scene.panel.overlay()).key
  scene.stream = (await scene.panel.startStream('On a bad disk')).id
  scene.sent = []
})
test.after(async () => void (await scene.server.end('SIGKILL')))

/** Pushes new messages; resolves with the server's answer, which waits for the archive. `ids` are known at once. */
function push(count: number): { ids: string[]; answered: Promise<ProducedView> } {
  const ids = Array.from({ length: count }, () => `d${made++}`)
  scene.sent.push(...ids.map((id) => `twitch:${id}`))
  return { ids, answered: scene.panel.pushLines(ids.map((id) => ircLine(id, `words of ${id}`))) }
}

async function untilShown(overlay: Listener, ids: string[]): Promise<void> {
  const last = `twitch:${ids.at(-1)}`
  await overlay.until(() => overlay.events.some(({ id }) => id === last))
}

/** Resolves when a push is answered as archived. */
async function untilArchived(): Promise<void> {
  while (!(await push(1).answered).archived);
}

async function keptIds(): Promise<string[]> {
  return (await scene.panel.transcript(scene.stream)).flatMap((row) => (row.kind === 'message' ? [row.id] : []))
}

async function refusesWrites(): Promise<void> {
  const refused = await scene.panel.call('POST', '/api/keys', { name: 'a bot', scopes: ['produce'] })
  assert.is(refused.status, 507)
  assert.is((await refused.json()).error.code, 'storage_failed')
}

async function stands(): Promise<void> {
  for (const path of ['/api/auth/me', '/healthz', '/readyz', '/api/streams'])
    assert.is((await scene.panel.call('GET', path)).status, 200, path)
}

test('that is full while the server runs costs no message, dims no picture, and is written again by itself', async () => {
  const figures = new FaultFigures('F8')
  const overlay = await Listener.open(scene.server.base, scene.key)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const state of ['full', 'brim'] as const) {
      scene.disk.is(state)
      const from = scene.sent.length
      const pushes = Array.from({ length: PUSHES }, () => push(PER_PUSH))
      await untilShown(
        overlay,
        pushes.flatMap(({ ids }) => ids),
      )
      for (const { answered } of pushes) assert.is((await answered).archived, false, 'nobody is told that it is kept')
      await refusesWrites()
      await stands()
      scene.disk.is('well')
      await figures.recovering(untilArchived)
      const due = scene.sent.slice(from)
      const kept = (await keptIds()).filter((id) => due.includes(id))
      assert.ok(figures.judge(due, kept), `round ${round}, ${state}`)
    }
  }
  assert.equal(await keptIds(), scene.sent, 'nothing is missing, nothing stands twice')
  assert.equal(
    overlay.events.flatMap((event) => (event.kind === 'message' ? [event.id] : [])),
    scene.sent,
  )
  overlay.close()
  figures.tell()
})

test('that is slow holds up no picture', async () => {
  const figures = new FaultFigures('F11')
  const overlay = await Listener.open(scene.server.base, scene.key)
  const shown = { well: [] as number[], slow: [] as number[] }
  for (const state of ['well', 'slow'] as const) {
    scene.disk.is(state)
    const from = scene.sent.length
    const answers: Promise<ProducedView>[] = []
    for (let nth = 0; nth < SLOW_PUSHES; nth += 1) {
      const began = performance.now()
      const { ids, answered } = push(1)
      answers.push(answered)
      await untilShown(overlay, ids)
      shown[state].push(performance.now() - began)
    }
    await figures.recovering(() => Promise.all(answers))
    const due = scene.sent.slice(from)
    if (state === 'slow')
      assert.ok(
        figures.judge(
          due,
          (await keptIds()).filter((id) => due.includes(id)),
        ),
      )
  }
  scene.disk.is('well')
  overlay.close()
  figures.injections = SLOW_PUSHES
  figures.tell()
  const longest = (times: number[]) => Math.max(...times).toFixed(1)
  tell(
    `slow disk: a message is on its way to the overlay within ${longest(shown.slow)} ms, on a quick one ${longest(shown.well)} ms`,
  )
})

test('that is full when the server starts lets it show and read, and no file is touched', async () => {
  const figures = new FaultFigures('F9')
  await scene.server.end()
  const before = [...scene.sent]
  for (const state of ['full', 'brim'] as const) {
    await writeFile(join(scene.dataDir, 'accounts.db~'), '{"_id":"half of')
    const files = await dataFiles()
    scene.disk.is(state)
    await figures.recovering(() => startAgain(scene.dataDir))
    const overlay = await Listener.open(scene.server.base, scene.key)
    const { ids, answered } = push(1)
    await untilShown(overlay, ids)
    assert.is((await answered).archived, false)
    overlay.close()
    await refusesWrites()
    await stands()
    assert.ok(figures.judge(before, await keptIds()), state)
    assert.match(scene.server.output(), 'a data file is readonly')
    await scene.server.end('SIGKILL')
    files.delete('accounts.db~')
    const now = await dataFiles()
    // A file can begin on a full disk; nothing can be in it.
    for (const [name, text] of now) assert.is(text, files.get(name) ?? '', `${name}, byte for byte`)
    assert.equal(
      [...files.keys()].filter((name) => !now.has(name)),
      [],
    )
    assert.not.ok(
      [...now.keys()].some((name) => name.endsWith('~')),
      'nothing half written',
    )
    scene.sent.splice(before.length)
  }
  scene.disk.is('well')
  await startAgain(scene.dataDir)
  await untilArchived()
  assert.equal(await keptIds(), scene.sent)
  figures.tell()
})

async function startAgain(dataDir: string): Promise<void> {
  scene.server = await scene.disk.start(dataDir)
  scene.panel = scene.panel.at(scene.server.base)
}

/** Every data file, and what is being written in the place of one. */
async function dataFiles(): Promise<Map<string, string>> {
  const names = (await readdir(scene.dataDir, { recursive: true })).filter((name) => /\.db\W?/.test(name))
  const texts = await Promise.all(names.toSorted().map((name) => readFile(join(scene.dataDir, name), 'utf8')))
  return new Map(names.toSorted().map((name, nth) => [name, texts[nth] ?? '']))
}

test('that is put back to an older state shows nothing of what it no longer has', async () => {
  const figures = new FaultFigures('F25')
  const older = `${scene.dataDir}-older`
  await scene.server.end()
  await cp(scene.dataDir, older, { recursive: true })
  await startAgain(scene.dataDir)
  const first = await Listener.open(scene.server.base, scene.key)
  const { epoch } = first
  const { ids, answered } = push(NEWER)
  assert.is((await answered).archived, true)
  await untilShown(first, ids)
  const newer = first.events.filter(({ id }) => ids.includes(id.replace('twitch:', ''))).map(({ seq }) => seq)
  first.close()
  await scene.server.end('SIGKILL')
  await rename(scene.dataDir, `${scene.dataDir}-newer`)
  await rename(older, scene.dataDir)
  scene.sent.splice(-NEWER)
  await startAgain(scene.dataDir)
  const lost = new Set(ids.map((id) => `twitch:${id}`))
  // Once before and once after the numbers of the restored stream have grown over those that the readers saw.
  for (const more of [1, NEWER * 2]) {
    assert.is((await push(more).answered).archived, true)
    for (const seq of sampled(newer[0] ?? 0, (newer.at(-1) ?? 0) + 1, READERS)) {
      const reader = await figures.recovering(() => Listener.open(scene.server.base, scene.key, { epoch, seq }))
      assert.is(reader.welcome?.recovered, false, `seq ${seq} of an epoch that is gone`)
      assert.is.not(reader.epoch, epoch)
      await untilShown(reader, [scene.sent.at(-1)?.replace('twitch:', '') ?? ''])
      const shown = reader.events.map(({ id }) => id)
      assert.equal(
        shown.filter((id) => lost.has(id)),
        [],
      )
      assert.ok(figures.judge(scene.sent.slice(-more), shown))
      reader.close()
    }
  }
  figures.tell()
})

test.run()
