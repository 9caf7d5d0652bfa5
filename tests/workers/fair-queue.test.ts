import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FairQueue } from '../../workers/fair-queue.ts'

const test = suite('fair queue')
const QUANTUM = 16_384
const LARGE = 200_000
const SMALL = 500

function all(queue: FairQueue<string, string>): string[] {
  const taken: string[] = []
  for (let next = queue.next(); next !== undefined; next = queue.next()) taken.push(next)
  return taken
}

test('gives what one puts in, in order', () => {
  const queue = new FairQueue<string, string>(QUANTUM)
  for (const thing of ['a1', 'a2', 'a3']) queue.add('a', thing, LARGE)
  assert.equal(all(queue), ['a1', 'a2', 'a3'])
  assert.is(queue.next(), undefined)
})

test('lets nobody wait behind another’s long line', () => {
  const queue = new FairQueue<string, string>(QUANTUM)
  for (let nth = 0; nth < 100; nth++) queue.add('loud', `loud ${nth}`, LARGE)
  queue.next()
  queue.add('quiet', 'quiet', SMALL)
  const order = all(queue)
  assert.ok(order.indexOf('quiet') <= 1, `it came after ${order.indexOf('quiet')} of another’s`)
  assert.is(order.length, 100)
})

test('gives the first of a line out of its turn to whoever asks for it, and says who waits', () => {
  const queue = new FairQueue<string, string>(QUANTUM)
  queue.add('a', 'a1', LARGE)
  queue.add('b', 'b1', SMALL)
  queue.add('b', 'b2', SMALL)
  assert.equal([...queue.keys()], ['a', 'b'])
  assert.is(queue.nextOf('b'), 'b1')
  assert.is(queue.nextOf('c'), undefined)
  assert.equal(all(queue).sort(), ['a1', 'b2'])
  assert.equal([...queue.keys()], [])
})

test('shares by what things cost and not by how many they are', () => {
  const queue = new FairQueue<string, string>(QUANTUM)
  for (let nth = 0; nth < 10; nth++) queue.add('large', 'L', LARGE)
  for (let nth = 0; nth < 1_000; nth++) queue.add('small', 's', SMALL)
  const order = all(queue).join('')
  const smallBeforeFourth = order.split('L').slice(0, 4).join('').length
  // As many of the small ones as three or four large ones cost.
  assert.ok(smallBeforeFourth > 900, `${smallBeforeFourth} small ones`)
})

test('says how many things wait, whichever way they are taken out', () => {
  const queue = new FairQueue<string, number>(1)
  for (const [key, thing] of [
    ['a', 1],
    ['a', 2],
    ['b', 3],
    ['b', 4],
  ] as const)
    queue.add(key, thing, thing)
  const sizes = [queue.size]
  for (const take of [() => queue.next(), () => queue.nextOf('b'), () => queue.nextOf('none'), () => queue.next()]) {
    take()
    sizes.push(queue.size)
  }
  assert.equal(sizes, [4, 3, 2, 2, 1])
})

test('forgets a line that is empty', () => {
  const queue = new FairQueue<string, string>(QUANTUM)
  queue.add('a', 'a1', SMALL)
  queue.next()
  queue.add('b', 'b1', SMALL)
  queue.add('a', 'a2', SMALL)
  assert.equal(all(queue), ['b1', 'a2'])
})

test.run()
