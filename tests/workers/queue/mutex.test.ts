import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allocateQueue, CONTENDED, DIED, FREE, viewQueue, WORD } from '../../../workers/queue/layout.ts'
import { BlockingMutex, bury, Mutex } from '../../../workers/queue/mutex.ts'
import { startThread } from '../../help/thread.ts'

const test = suite('mutex')
const words = () => viewQueue(allocateQueue(1_024)).words

test('is held by one owner at a time', () => {
  const shared = words()
  const [one, two] = [new Mutex(shared, 1), new Mutex(shared, 2)]
  assert.is(one.tryLock(), 'yes')
  assert.is(two.tryLock(), 'no')
  assert.is(one.tryLock(), 'no', 'not even twice by the same owner')
  one.unlock()
  assert.is(two.tryLock(), 'yes')
})

test('refuses to be given back by somebody who does not hold it', () => {
  const shared = words()
  const [one, two] = [new Mutex(shared, 1), new Mutex(shared, 2)]
  assert.throws(() => one.unlock(), /Owner 1 gave back a lock it does not hold/)
  one.tryLock()
  assert.throws(() => two.unlock(), /Owner 2/)
  assert.is(two.tryLock(), 'no', 'the lock is still held')
})

test('refuses owner ids that do not fit beside its flags', () => {
  assert.throws(() => new Mutex(words(), 0), /got 0/)
  assert.throws(() => new Mutex(words(), DIED), /An owner id is a whole number/)
})

test('never gives a lock away because its lease ran out', () => {
  const shared = words()
  const [one, two] = [new BlockingMutex(shared, 1), new Mutex(shared, 2)]
  one.lock()
  Atomics.store(shared, WORD.lease, (Atomics.load(shared, WORD.lease) - 60_000) | 0)
  assert.is(two.tryLock(), 'no')
})

test('passes from a buried owner to the next, who learns that it is recovered', () => {
  const shared = words()
  const [dead, next, third] = [new Mutex(shared, 1), new Mutex(shared, 2), new Mutex(shared, 3)]
  dead.tryLock()
  assert.is(bury(shared, 1), true)
  assert.is(next.tryLock(), 'recovered')
  assert.is(Atomics.load(shared, WORD.generation), 1)
  assert.is(third.tryLock(), 'no')
  next.unlock()
  assert.is(third.tryLock(), 'yes', 'the next one is an ordinary owner again')
})

test('is not taken from anybody by burying one who did not hold it', () => {
  const shared = words()
  const [one, two] = [new Mutex(shared, 1), new Mutex(shared, 2)]
  one.tryLock()
  assert.is(bury(shared, 7), false)
  assert.is(two.tryLock(), 'no')
  one.unlock()
  assert.is(Atomics.load(shared, WORD.lock), FREE)
})

test('wakes who waits without blocking when it is given back', async () => {
  const shared = words()
  const [one, two] = [new Mutex(shared, 1), new Mutex(shared, 2)]
  one.tryLock()
  const released = two.released()
  assert.is(Atomics.load(shared, WORD.lock), 1 | CONTENDED)
  const alive = setInterval(() => {}, 1_000)
  one.unlock()
  await released
  clearInterval(alive)
  assert.is(two.tryLock(), 'yes')
})

test('wakes who waits when the holder is buried', async () => {
  const shared = words()
  const [one, two] = [new Mutex(shared, 1), new Mutex(shared, 2)]
  one.tryLock()
  const released = two.released()
  const alive = setInterval(() => {}, 1_000)
  bury(shared, 1)
  await released
  clearInterval(alive)
  assert.is(two.tryLock(), 'recovered')
})

test('keeps real threads out of each other: no count is lost', async () => {
  const memory = allocateQueue(1_024)
  const rounds = 20_000
  const threads = [1, 2, 3].map((owner) =>
    startThread(new URL('./counting.worker.ts', import.meta.url), { memory, owner, rounds }),
  )
  await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('exit', resolve))))
  // Each thread adds by a plain read and a plain write, which lose counts unless the lock keeps the others out.
  assert.is(viewQueue(memory).ringWords[0], 3 * rounds)
})

test.run()
