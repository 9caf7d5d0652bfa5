import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Pace } from '../../workers/pace.ts'

const LONGEST_MS = 16
const test = suite('pace')

test('does one piece at a time, the channels in turns', async () => {
  const pace = new Pace()
  const order: string[] = []
  const long = Array.from({ length: 50 }, () => pace.turn('loud').then(() => order.push('loud')))
  const short = pace.turn('quiet').then(() => order.push('quiet'))
  await short
  assert.ok(order.indexOf('quiet') <= 2, order.join(' '))
  await Promise.all(long)
  assert.is(order.length, 51)
})

test('lets the loop go on between two pieces', async () => {
  const pace = new Pace()
  const order: string[] = []
  const pieces = Array.from({ length: 6 }, () => pace.turn('c').then(() => order.push('piece')))
  let going = true
  const goOn = () => {
    if (order.at(-1) !== 'loop') order.push('loop')
    if (going) setImmediate(goOn)
  }
  setImmediate(goOn)
  await Promise.all(pieces)
  going = false
  // The first two may fall into the same turn of the loop.
  assert.match(order.join(' '), /^piece( piece)?( loop)+ piece( loop)+ piece( loop)+ piece/)
})

test('rests while the loop is busy with others, though not for ever, and between any two pieces lets it go on', async () => {
  for (const rests of [true, false]) {
    const pace = new Pace(LONGEST_MS, () => rests)
    let turns = 0
    let goOn = true
    const others = () => {
      for (const until = performance.now() + 2; performance.now() < until; );
      turns++
      if (goOn) setImmediate(others)
    }
    others()
    const at: { turn: number; ms: number }[] = []
    const piece = async () => at.push({ turn: turns, ms: performance.now() })
    await Promise.all(Array.from({ length: 4 }, () => pace.piece('c', piece)))
    goOn = false
    const between = at.slice(1).map(({ turn, ms }, nth) => ({
      turns: turn - (at[nth]?.turn ?? 0),
      ms: ms - (at[nth]?.ms ?? 0),
    }))
    // The first two may fall into the same turn of the loop.
    for (const each of between.slice(1)) {
      assert.ok(each.turns >= 1, JSON.stringify(between))
      if (rests) assert.ok(each.ms >= LONGEST_MS - 1, JSON.stringify(between))
    }
  }
})

test('rests longer where a crowd waits, and only as long as it does', async () => {
  const CROWD = 3
  const pace = new Pace(LONGEST_MS, () => true, CROWD)
  let goOn = true
  const others = () => {
    for (const until = performance.now() + 2; performance.now() < until; );
    if (goOn) setImmediate(others)
  }
  others()
  const at: number[] = []
  const piece = async () => at.push(performance.now())
  await Promise.all(Array.from({ length: 7 }, (_, nth) => pace.piece(`c${nth}`, piece)))
  goOn = false
  const rests = at.slice(1).map((ms, nth) => ms - (at[nth] ?? 0))
  // Behind the fourth piece as many wait as are a crowd.
  for (const rest of rests.slice(0, 4)) assert.ok(rest > 2 * LONGEST_MS, rests.join(' '))
  assert.ok(Math.min(...rests.slice(4)) < 3 * LONGEST_MS, rests.join(' '))
})

test('hands on what a piece gives or throws, and goes on after it', async () => {
  const pace = new Pace()
  const failing = pace.piece('c', () => Promise.reject(new Error('no disk')))
  const next = pace.piece('c', async () => 'next')
  assert.is(await failing.catch((error: Error) => error.message), 'no disk')
  assert.is(await next, 'next')
})

test('goes on when nothing is done in a turn', async () => {
  const pace = new Pace()
  void pace.turn('a')
  await pace.turn('a')
  await pace.turn('b')
})

test.run()
