import { mock } from 'node:test'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { type LogLevel, LogWatch, SHOWN_LINES } from '../../../admin/state/log-watch.ts'
import type { LogView } from '../../../server/api/instance.ts'

const test = suite('admin/state/log-watch')

const line = (n: number): LogView['items'][number] => ({ n, level: 'info', at: n, message: `line ${n}`, more: '' })
/** A log with lines from 1 to `last`. */
class Log {
  last = 0
  fail = false
  asked: [number, LogLevel][] = []
  ask = async (after: number, level: LogLevel): Promise<LogView> => {
    this.asked.push([after, level])
    if (this.fail) throw new ApiError(0, { code: 'unreachable' })
    const items = Array.from({ length: this.last }, (_, i) => line(i + 1)).filter(({ n }) => n > after)
    return { items, last: this.last, level: 'info' }
  }
}
const shown = (watch: LogWatch) => watch.lines.value.map(({ n }) => n)

test('goes on from the last line, and keeps so many', async () => {
  const log = new Log()
  const watch = new LogWatch(log.ask, 'info')
  log.last = 2
  await watch.look()
  log.last = 3
  await watch.look()
  assert.equal(
    [shown(watch), log.asked],
    [
      [1, 2, 3],
      [
        [0, 'info'],
        [2, 'info'],
      ],
    ],
  )
  log.last = SHOWN_LINES + 10
  await watch.look()
  assert.equal([watch.lines.value.length, shown(watch)[0]], [SHOWN_LINES, 11])
})

test('begins anew with the lines of another server', async () => {
  const log = new Log()
  let node = 'one'
  const watch = new LogWatch(async (...asked) => ({ ...(await log.ask(...asked)), node }), 'info')
  log.last = 3
  await watch.look()
  node = 'other'
  log.last = 5
  await watch.look()
  await until(() => shown(watch).length === 5)
  assert.equal(log.asked, [
    [0, 'info'],
    [3, 'info'],
    [0, 'info'],
  ])
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1))
}

test('keeps what is there while there is no answer, and says so', async () => {
  const log = new Log()
  const watch = new LogWatch(log.ask, 'info')
  log.last = 2
  await watch.look()
  log.fail = true
  await watch.look()
  assert.equal([shown(watch), watch.error.value?.code], [[1, 2], 'unreachable'])
  log.fail = false
  await watch.look()
  assert.is(watch.error.value, null)
})

test('begins anew with another level, and after the server began anew', async () => {
  const log = new Log()
  const watch = new LogWatch(log.ask, 'info')
  log.last = 5
  await watch.look()
  watch.choose('error')
  await watch.look()
  assert.equal(log.asked.at(-1), [0, 'error'])
  log.last = 2
  await watch.look()
  await watch.look()
  assert.equal(shown(watch), [1, 2])
})

test('does not ask again while an answer is on its way', async () => {
  mock.timers.enable({ apis: ['setInterval'] })
  let asked = 0
  let answer: (view: LogView) => void = () => undefined
  const watch = new LogWatch(() => {
    asked++
    return new Promise((done) => (answer = done))
  }, 'info')
  watch.follow(true)
  mock.timers.tick(10_000)
  assert.is(asked, 1)
  answer({ items: [line(1)], last: 1, level: 'info' })
  await until(() => shown(watch).length === 1)
  mock.timers.tick(2_000)
  assert.is(asked, 2)
  watch.follow(false)
  mock.timers.reset()
})

test.run()
