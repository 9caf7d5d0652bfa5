import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Pace } from '../../workers/pace.ts'

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
  const goOn = () => {
    order.push('loop')
    if (order.length < 20) setImmediate(goOn)
  }
  setImmediate(goOn)
  await Promise.all(pieces)
  // The first two may fall into the same turn of the loop.
  assert.match(order.join(' '), /^piece( piece)?( loop)+ piece( loop)+ piece( loop)+ piece/)
})

test('rests after a piece so many times as long as it took, and between any two lets the loop go on', async () => {
  for (const rests of [true, false]) {
    const pace = new Pace(2, () => rests)
    const ends: number[] = []
    const begins: number[] = []
    const piece = async () => {
      begins.push(performance.now())
      while (performance.now() - (begins.at(-1) ?? 0) < 3);
      ends.push(performance.now())
    }
    await Promise.all([pace.piece('c', piece), pace.piece('c', piece)])
    const rested = (begins[1] ?? 0) - (ends[0] ?? 0)
    if (rests) assert.ok(rested >= 5, `${rested} ms`)
    let looped = false
    setImmediate(() => {
      looped = true
    })
    await pace.piece('c', piece)
    await pace.piece('c', async () => assert.ok(looped, 'what the loop has to do comes between two pieces'))
  }
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
