import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Backoff, Pace } from '../../workers/backoff.ts'

const test = suite('backoff')

test('waits twice as long each time, up to the longest, and begins anew after a success', () => {
  const backoff = new Backoff({ first: 100, longest: 1_000 }, () => 0.5)
  assert.equal(
    Array.from({ length: 6 }, () => backoff.next()),
    [100, 200, 400, 800, 1_000, 1_000],
  )
  assert.is(backoff.tries, 6)
  backoff.succeeded()
  assert.equal([backoff.tries, backoff.next()], [0, 100])
})

test('leaves half of a pause, up or down, to chance', () => {
  const least = new Backoff({ first: 100, longest: 1_000 }, () => 0)
  const most = new Backoff({ first: 100, longest: 1_000 }, () => 1)
  assert.equal([least.next(), most.next()], [50, 150])
})

test('stays at the longest pause however often it fails', () => {
  const backoff = new Backoff({ first: 1, longest: 60_000 }, () => 0.5)
  for (let tries = 0; tries < 5_000; tries++) assert.ok(backoff.next() <= 60_000)
})

test('gives so many turns at once and the next ones when the window has passed, in order', async () => {
  const pace = new Pace(2, 40)
  const given: number[] = []
  const times: number[] = []
  const asked = performance.now()
  const turns = Array.from({ length: 5 }, (_, nth) =>
    pace.turn().then(() => {
      given.push(nth)
      times.push(performance.now())
    }),
  )
  await Promise.resolve()
  assert.equal(given, [0, 1])
  await Promise.all(turns)
  assert.equal(given, [0, 1, 2, 3, 4])
  // Not a matter of speed: a third turn within the window would break the platform's limit.
  // Counted from when the first was asked for: what was given may be told of late, never early.
  for (let nth = 2; nth < times.length; nth++) {
    const windows = Math.floor(nth / 2)
    assert.ok((times[nth] ?? 0) - asked >= windows * 40, `turn ${nth} was given within ${windows} windows`)
  }
})

test('gives nobody a turn after it was stopped', async () => {
  const idle = new Pace(1, 5)
  idle.stop()
  const busy = new Pace(1, 5)
  await busy.turn()
  let given = 0
  const turns = [busy.turn(), busy.turn(), idle.turn()]
  for (const turn of turns) void turn.then(() => given++)
  busy.stop()
  void busy.turn().then(() => given++)
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.is(given, 0)
})

test.run()
