import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countAt, EMPTY, listAt, objectAt, scalars, textAt } from '../../../../workers/platforms/twitch/json.ts'

const test = suite('twitch/json')

test('takes nothing from a prototype', () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    assert.is(objectAt({}, key), EMPTY)
    assert.is(textAt({}, key), '')
  }
})

test('gives an empty value of the right type for a wrong one', () => {
  const wrong = { a: null, b: [1], c: { x: 1 }, d: true, e: Number.NaN }
  for (const key of ['a', 'b', 'd', 'e', 'absent']) assert.is(objectAt(wrong, key), EMPTY)
  for (const key of ['a', 'c', 'd', 'absent']) assert.equal(listAt(wrong, key), [])
  for (const key of ['a', 'b', 'c', 'd', 'e', 'absent']) assert.is(textAt(wrong, key), '')
})

test('counts whole numbers as numbers or text and nothing else', () => {
  assert.equal([countAt({ n: 7 }, 'n'), countAt({ n: '7' }, 'n'), countAt({ n: 0 }, 'n')], [7, 7, 0])
  for (const n of [-1, 1.5, '1e3', ' 7', '', null, 1e21]) assert.is(countAt({ n }, 'n'), undefined, String(n))
})

test('lists what is inside, in order', () => {
  assert.equal(scalars({ a: 1, b: { c: 'x' } }), ['a', '1', 'c', 'x'])
})

test.run()
