import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { LEAST_COST, LITTLE_BYTES, MAX_BYTES_IN_HAND, PendingJobs } from '../../server/pending-jobs.ts'
import { MAX_JOBS_OF_ONE } from '../../server/pending-room.ts'
import type { Job } from '../../workers/job.ts'

const test = suite('pending jobs')
const [LOUD, QUIET] = [1, 2]
const HALF = MAX_BYTES_IN_HAND / 2

function open(ready = true, others = () => false) {
  const posted: number[] = []
  const worker = { ready, post: ({ job }: Job) => void posted.push(job) }
  const jobs = new PendingJobs(worker, others)
  let last = 0
  const take = (channel: number, bytes: number) => {
    const job = ++last
    const common = { job, channel, receivedAt: 0, delivery: `d${job}` }
    const answer = jobs.take({ ...common, type: 'push', platform: 'twitch', body: '', headers: {} }, bytes)
    return { taken: answer !== null, answer }
  }
  /** Done, and its events are out of the ring. */
  const end = (job: number) => {
    const pending = jobs.forget(job)
    if (pending !== undefined) jobs.release(pending)
  }
  return { jobs, worker, take, end, posted: () => posted.splice(0) }
}

test('hands over as much as may be in hand, and the rest in turns as it is done', () => {
  const { take, end, posted } = open()
  for (let nth = 0; nth < 4; nth++) take(LOUD, HALF)
  assert.equal(posted(), [1, 2])
  take(QUIET, HALF)
  take(QUIET, HALF)
  assert.equal(posted(), [5], 'whoever has nothing in hand waits for nobody')
  end(5)
  end(1)
  end(2)
  assert.equal(posted().sort(), [3, 6])
})

test('lets a channel that floods rest after each job where others are at work, and holds up nobody else', async () => {
  const { take, end, posted } = open(true, () => true)
  for (let nth = 0; nth < 3; nth++) take(LOUD, MAX_BYTES_IN_HAND)
  assert.equal(posted(), [1])
  await new Promise((resolve) => setTimeout(resolve, 3))
  end(1)
  assert.equal(posted(), [], 'it rests')
  take(QUIET, 10)
  assert.equal(posted(), [4])
  while (posted().length === 0) await new Promise((resolve) => setImmediate(resolve))
})

test('takes what is little of a lively channel without rests, as it comes, however long it takes beside a flood', async () => {
  const { take, end, posted } = open(true, () => true)
  for (let nth = 0; nth < 3; nth++) take(LOUD, MAX_BYTES_IN_HAND)
  assert.equal(posted(), [1])
  const atOnce = LITTLE_BYTES / LEAST_COST
  for (let nth = 0; nth < atOnce + 2; nth++) take(QUIET, 10)
  const first = posted()
  assert.is(first.length, atOnce)
  await new Promise((resolve) => setTimeout(resolve, 3))
  for (const job of first.slice(0, 2)) end(job)
  assert.equal(posted(), [first.length + 4, first.length + 5])
})

test('lets nobody rest who has no more to do, or is alone', async () => {
  for (const others of [true, false]) {
    const { take, end, posted } = open(true, () => others)
    take(LOUD, MAX_BYTES_IN_HAND)
    await new Promise((resolve) => setTimeout(resolve, 3))
    if (!others) take(LOUD, MAX_BYTES_IN_HAND)
    end(1)
    if (others) take(LOUD, MAX_BYTES_IN_HAND)
    assert.equal(posted(), [1, 2])
  }
})

test('refuses what there is no room for, and takes it once one of them is done', () => {
  const { jobs, take, end } = open()
  for (let nth = 0; nth < MAX_JOBS_OF_ONE; nth++) take(LOUD, 0)
  assert.not(take(LOUD, 0).taken)
  assert.is(jobs.size, MAX_JOBS_OF_ONE)
  end(1)
  assert.ok(take(LOUD, 0).taken)
})

test('gives the next worker what the dead one had in hand, with what of it was published', () => {
  const { jobs, worker, take, posted } = open()
  take(LOUD, HALF)
  take(LOUD, HALF)
  take(LOUD, HALF)
  jobs.of(1)?.published.push({ fingerprint: 9, seq: 4 })
  worker.ready = false
  const again = [...jobs.again()].map((word) => [word.job, word.published])
  assert.equal(again, [
    [1, [{ fingerprint: 9, seq: 4 }]],
    [2, undefined],
  ])
  assert.equal(posted(), [1, 2])
})

test('keeps what comes while no worker is at work, and hands all of it over at the end', () => {
  const { jobs, worker, take, posted } = open(false)
  for (let nth = 0; nth < 4; nth++) take(LOUD, HALF)
  assert.equal(posted(), [])
  worker.ready = true
  jobs.handOver(Number.POSITIVE_INFINITY)
  assert.equal(posted(), [1, 2, 3, 4])
})

test('tells everybody who waits that the server ends', async () => {
  const { jobs, take } = open()
  const { answer } = take(LOUD, HALF)
  jobs.refuseAll('stopping')
  const refused = await answer?.catch((error: unknown) => error)
  assert.ok(refused instanceof CrossChatError && refused.code === 'stopping')
  assert.is(jobs.size, 0)
  const late = await take(LOUD, HALF).answer?.catch((error: unknown) => error)
  assert.ok(late instanceof CrossChatError && late.code === 'stopping', 'and whoever comes after')
})

test.run()
