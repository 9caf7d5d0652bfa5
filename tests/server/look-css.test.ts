import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { depthOf } from '../../server/look-css.ts'

const test = suite('look-css')

test('counts blocks within blocks', () => {
  assert.is(depthOf(''), 0)
  assert.is(depthOf('.a{color:red}.b{color:red}'), 1)
  assert.is(depthOf('@media all{@supports (a:b){.a{.b{}}}}'), 4)
  assert.is(depthOf('.a{'.repeat(2_000)), 2_000)
})

test('leaves comments, strings and escapes out', () => {
  assert.is(depthOf(`/* ${'.a{'.repeat(50)} */.a{content:"{{{";--b:'{{'}.c\\{{}`), 1)
  assert.is(depthOf('.a{content:"\\"{{";}.b{}'), 1)
  assert.is(depthOf('.a{content:"{\n}.b{}'), 1)
})

test('is not talked out of a depth by what closes nothing', () => {
  for (const trick of [
    '.a{/*}*/',
    '.a{"}"',
    ".a{'}'",
    '.a{(})',
    '.a{[}]',
    '.a{url(})',
    '.a{\\}',
    '.a{"\\\r\n}"',
    '.a{u\\72l(})',
  ])
    assert.is(depthOf(trick.repeat(100)), 100, trick)
  assert.ok(depthOf(`.a{b:url(")${'.a{'.repeat(100)}`) >= 100)
  assert.ok(depthOf(`.a{b:url(/*)${'.a{'.repeat(100)}`) >= 100)
})

test.run()
