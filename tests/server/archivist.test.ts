import { readFile, watch, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Archivist } from '../../server/archivist.ts'
import { Behind } from '../../server/behind.ts'
import { CrossChatError } from '../../server/errors.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import type { Archive, ArchiveBatch, Gap } from '../../server/stores/archive.ts'
import { temporaryData } from '../help/server.ts'
import { message, sliceOf } from './channels/events.ts'

/** A process that archives one channel, and the one after it: what it could not archive. */

const CHANNEL = 'c'
const STREAM = { id: 's', messages: 0 }
const log = createLog('silent')
const metrics = createMetrics()

/** An archive that takes all or nothing. */
class Disk {
  full = false
  readonly seqs: number[] = []
  readonly gaps: Gap[] = []

  async append({ seqs }: ArchiveBatch): Promise<{ messages: number }> {
    if (this.full) throw new CrossChatError('storage_failed')
    this.seqs.push(...seqs)
    return { messages: this.seqs.length }
  }
  async gap(_stream: string, _epoch: string, gap: Gap): Promise<void> {
    if (this.full) throw new CrossChatError('storage_failed')
    this.gaps.push(gap)
  }
}

const test = suite<{ path: string; disk: Disk; remove(): Promise<void> }>('archivist')
test.before.each(async (context) => {
  Object.assign(context, await temporaryData(), { disk: new Disk() })
})
test.after.each(({ remove }) => remove())
test.after(() => void metrics.close())

async function start(path: string, disk: Disk, seq = 0): Promise<Archivist> {
  const archivist = new Archivist(disk as unknown as Archive, log, metrics, new Behind(path, log))
  await archivist.begin()
  archivist.follow(CHANNEL, STREAM, 'e', seq)
  archivist.resumed()
  return archivist
}

function show(archivist: Archivist, from: number, count: number): void {
  archivist.take(sliceOf(Array.from({ length: count }, (_, nth) => message(from + nth))))
}

test('leaves a gap with their count where events were shown and the process ended before the disk took them', async ({
  path,
  disk,
}) => {
  const first = await start(path, disk)
  show(first, 1, 2)
  assert.ok(await first.archived(CHANNEL, 1, 2))
  disk.full = true
  show(first, 3, 5)
  await first.stop()
  disk.full = false
  const second = await start(path, disk, 2)
  show(second, 3, 1)
  await second.stop()
  assert.equal(
    disk.gaps.map(({ count }) => count),
    [5],
  )
  assert.equal(disk.seqs, [1, 2, 3])
  await (await start(path, disk, 3)).stop()
  assert.is(disk.gaps.length, 1, 'it is left once')
})

test('leaves it also where the process was killed while the disk stalled', async ({ path, disk }) => {
  const folder = watch(path)
  const killed = await start(path, disk)
  disk.full = true
  show(killed, 1, 4)
  for await (const { filename } of folder) if (filename === 'behind') break
  const next = new Disk()
  const second = await start(path, next)
  await second.stop()
  assert.equal(
    next.gaps.map(({ count }) => count),
    [4],
  )
  disk.full = false
  await killed.stop()
})

test('leaves it once the disk takes it again, however many processes end before', async ({ path, disk }) => {
  const first = await start(path, disk)
  disk.full = true
  show(first, 1, 5)
  await first.stop()
  const second = await start(path, disk)
  show(second, 1, 2)
  await second.stop()
  const cutShort = new Archivist(disk as unknown as Archive, log, metrics, new Behind(path, log))
  await cutShort.begin()
  await cutShort.stop()
  disk.full = false
  await (await start(path, disk)).stop()
  assert.equal(
    disk.gaps.map(({ count }) => count),
    [7],
  )
})

test('leaves none for what the disk took in the end', async ({ path, disk }) => {
  const first = await start(path, disk)
  show(first, 1, 3)
  await first.stop()
  await (await start(path, disk, 3)).stop()
  assert.equal(disk.gaps, [])
})

test('reads a damaged file as none', async ({ path, disk }) => {
  for (const text of ['', '{', 'null', '[]', '{"s":-1}', '{"s":"9"}', '{"s":1e99}']) {
    await writeFile(join(path, 'behind'), text)
    await (await start(path, disk)).stop()
  }
  assert.equal(disk.gaps, [])
  assert.is(await readFile(join(path, 'behind'), 'utf8'), '{"s":1e99}')
})

test.run()
