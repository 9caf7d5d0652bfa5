import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TWINS, Twins } from '../../workers/twins.ts'

const test = suite('twins')

test('gives an id that has no twin back', () => {
  assert.is(new Twins().shownAs('a'), 'a')
})

test('leads from every form to the one that is shown', () => {
  const twins = new Twins()
  twins.learn('here', 'original')
  twins.show('original', 'here')
  twins.learn('elsewhere', 'original')
  for (const id of ['here', 'elsewhere', 'original']) assert.is(twins.shownAs(id), 'here')
})

test('remembers the newest, and no more than twice as many', () => {
  const twins = new Twins()
  for (let n = 0; n <= 2 * TWINS; n++) twins.learn(`${n}`, `original ${n}`)
  assert.is(twins.shownAs('0'), '0')
  assert.is(twins.shownAs(`${TWINS + 1}`), `original ${TWINS + 1}`)
})

test.run()
