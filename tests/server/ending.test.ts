import { EventEmitter } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TOGETHER_MS, untilStopped } from '../../server/ending.ts'
import { createLog } from '../../server/log.ts'

const test = suite('ending')
const never = () => new Promise<never>(() => {})

/** A process that can be told what happens to it; `ended` resolves with the code it was ended with. */
function open({ close = async () => {}, flush = async () => true, drainWithinMs = 60_000, flushMs = 60_000 } = {}) {
  const lines: string[] = []
  const from = new EventEmitter()
  let exit: (code: number) => void = () => {}
  const ended = new Promise<number>((resolve) => {
    exit = resolve
  })
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const clock = { now: 5 }
  const steady = () => clock.now
  const stopped = untilStopped({ close, log, sink: { flush }, process: from, exit, drainWithinMs, flushMs, steady })
  return { from, clock, ended, stopped, logged: () => lines.map((line) => JSON.parse(line)) }
}

test('ends with 0 once all is drained', async () => {
  const { from, stopped, logged } = open()
  from.emit('SIGTERM')
  assert.is(await stopped, 0)
  assert.equal(logged(), [])
})

test('takes SIGINT for SIGTERM', async () => {
  const { from, stopped } = open()
  from.emit('SIGINT')
  assert.is(await stopped, 0)
})

test('ends with 1 at once when it is told a second time', async () => {
  const { from, clock, ended } = open({ close: never })
  from.emit('SIGTERM')
  clock.now += TOGETHER_MS + 1
  from.emit('SIGTERM')
  assert.is(await ended, 1)
})

test('takes a signal that comes twice at once for one', async () => {
  let closed: () => void = () => undefined
  const { from, clock, stopped } = open({ close: () => new Promise((done) => (closed = done)) })
  from.emit('SIGINT')
  clock.now += TOGETHER_MS
  from.emit('SIGINT')
  closed()
  assert.is(await stopped, 0)
})

test('ends with 1 at its deadline, whatever hangs, and says so', async () => {
  const { from, ended, logged } = open({ close: never, drainWithinMs: 1 })
  from.emit('SIGTERM')
  // The deadline alone keeps no process alive.
  const alive = setInterval(() => {}, 1_000)
  assert.is(await ended, 1)
  clearInterval(alive)
  assert.match(logged()[0].msg, /did not stop in time/)
})

test('ends with 1 when it could not be stopped cleanly', async () => {
  const { from, stopped, logged } = open({ close: () => Promise.reject(new Error('no space')) })
  from.emit('SIGTERM')
  assert.is(await stopped, 1)
  assert.is(logged()[0].err.message, 'no space')
})

test('does not wait for whoever does not read the log', async () => {
  const { from, ended } = open({ flush: async () => false })
  from.emit('SIGTERM')
  assert.is(await ended, 0)
})

for (const failure of ['uncaughtException', 'unhandledRejection']) {
  test(`keeps what it can and ends with 1 after an ${failure}, under an id in the log`, async () => {
    const done: string[] = []
    const { from, ended, logged } = open({
      close: async () => void done.push('kept'),
      flush: async () => done.push('flushed') > 0,
    })
    from.emit(failure, new Error('out of nowhere'))
    assert.is(await ended, 1)
    assert.equal(done, ['kept', 'flushed'])
    const [line] = logged()
    assert.is(line.level, 'fatal')
    assert.match(line.failure, /^[0-9a-f]{12}$/)
    assert.is(line.err.message, 'out of nowhere')
  })
}

test('ends within its time after a failure, also when nothing can be kept', async () => {
  const { from, ended } = open({ close: never, flush: never, flushMs: 1 })
  const alive = setInterval(() => {}, 1_000)
  from.emit('uncaughtException', new Error('one'))
  from.emit('uncaughtException', new Error('another'))
  assert.is(await ended, 1)
  clearInterval(alive)
})

test.run()
