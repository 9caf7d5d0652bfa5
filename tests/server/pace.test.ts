import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Pace } from '../../server/pace.ts'

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

test('goes on when nothing is done in a turn', async () => {
  const pace = new Pace()
  void pace.turn('a')
  await pace.turn('a')
  await pace.turn('b')
})

test.run()
