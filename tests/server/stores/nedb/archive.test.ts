import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Archived } from '../../../../server/stores/archive.ts'
import { MAX_APPENDS } from '../../../../server/stores/archive-client.ts'
import { openEmbedded } from '../../../../server/stores/nedb/index.ts'
import type { Stores } from '../../../../server/stores/stores.ts'
import { batchOf, messages } from '../../../workers/archive/events.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'
import { refused, transcript } from '../contract/driver.ts'

const archive = suite('archive thread')
const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url))
const ROUNDS = 6
/** Seed of the moments at which the process is killed. */
let seed = Number(process.env.CROSSCHAT_SEED ?? 20_26)

/** Threads started by this process, newest last. */
const threads: Worker[] = []
process.on('worker', (worker) => void threads.push(worker))

async function open(dataDir: string): Promise<Stores> {
  return openEmbedded({ dataDir, keepFree: 0, note: () => undefined })
}

function random(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed % below
}

/** Runs an appender until it has acknowledged some batches, kills it, and gives the last seq it acknowledged. */
async function appendAndKill(dataDir: string, epoch: string, batches: number): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', APPENDER, dataDir, epoch], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let last = 0
  let seen = 0
  for await (const line of createInterface(child.stdout)) {
    last = Number(line)
    seen += 1
    if (seen === batches) child.kill('SIGKILL')
  }
  await exited
  return last
}

archive('holds every acknowledged event once and in order, however often the process is killed', () =>
  inFolder(async (dataDir) => {
    const acknowledged: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      acknowledged.push(await appendAndKill(dataDir, `epoch ${round}`, 5 + random(200)))
    }
    const stores = await open(dataDir)
    await stores.archive.open('s1')
    const rounds = roundsOf(await transcript(stores, 's1'))
    await stores.close()
    assert.is(rounds.length, ROUNDS)
    for (const [round, seqs] of rounds.entries()) {
      assert.equal(
        seqs,
        seqs.map((_, nth) => nth + 1),
        `round ${round}, seed ${process.env.CROSSCHAT_SEED ?? ''}`,
      )
      assert.ok(seqs.length >= (acknowledged[round] ?? 0), `round ${round}: ${seqs.length} of ${acknowledged[round]}`)
    }
  }),
)

/** A transcript taken apart where seq begins anew. */
function roundsOf(items: Archived[]): number[][] {
  const rounds: number[][] = []
  for (const item of items) {
    assert.is.not(item.kind, 'gap')
    if (item.kind === 'gap') continue
    if (item.seq === 1) rounds.push([])
    rounds.at(-1)?.push(item.seq)
  }
  return rounds
}

archive('refuses what was under way when its thread dies, starts another, and keeps what is tried again', () =>
  inFolder(async (dataDir) => {
    const stores = await open(dataDir)
    await stores.archive.append(batchOf('s1', 'e1', messages(1, 10)))
    const batch = batchOf('s1', 'e1', messages(11, 10))
    // In this order: else it may be answered before the thread is dead.
    const died = threads.at(-1)?.terminate()
    const underWay = stores.archive.append(batch)
    await Promise.all([refused('storage_failed', underWay), died])
    const answer = await untilItAnswers(() => stores.archive.append(batch))
    assert.equal(answer, { messages: 20 })
    assert.equal(await transcript(stores, 's1'), messages(1, 20))
    await stores.close()
  }),
)

async function untilItAnswers<R>(ask: () => Promise<R>): Promise<R> {
  for (;;) {
    const answer = await ask().catch(() => null)
    if (answer !== null) return answer
    await new Promise(setImmediate)
  }
}

archive('takes no more appends than it can hold', () =>
  inFolder(async (dataDir) => {
    const stores = await open(dataDir)
    const appends = Array.from({ length: MAX_APPENDS + 5 }, (_, nth) =>
      stores.archive.append(batchOf('s1', 'e1', messages(nth + 1, 1))),
    )
    const outcomes = await Promise.allSettled(appends)
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected')
    assert.equal(
      refusals.map(({ reason }) => reason.code),
      Array(5).fill('storage_failed'),
    )
    assert.is((await transcript(stores, 's1')).length, MAX_APPENDS)
    await stores.close()
  }),
)

archive('leaves the caller its bytes, and says what was wrong with a cursor', () =>
  inFolder(async (dataDir) => {
    const stores = await open(dataDir)
    const batch = batchOf('s1', 'e1', messages(1, 3))
    await stores.archive.append(batch)
    assert.is(batch.seqs.length, 3)
    await refused('bad_request', stores.archive.page('s1', 10, 'nonsense', {}))
    await refused('bad_request', stores.archive.page('../s1', 10, null, {}))
    await stores.close()
    await refused('storage_failed', stores.archive.append(batch))
  }),
)

archive('ends its thread when it is closed', () =>
  inFolder(async (dataDir) => {
    const stores = await open(dataDir)
    const exited = once(threads.at(-1) ?? process, 'exit')
    await stores.archive.append(batchOf('s1', 'e1', messages(1, 3)))
    await stores.close()
    assert.equal(await exited, [0])
  }),
)

archive.run()
