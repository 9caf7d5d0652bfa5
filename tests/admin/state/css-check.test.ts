import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cssTroubles } from '../../../admin/state/css-check.ts'

const test = suite('admin/state/css-check')
const KNOWN: Record<string, RegExp> = { color: /^(red|inherit)$/, content: /./, margin: /^(0|inherit)$/ }
const troubles = (css: string) =>
  cssTroubles(css, (property, value) => KNOWN[property]?.test(value) ?? false).map(
    ({ line, what }) => `${line}: ${what}`,
  )

test('has nothing to say about what a browser takes', () => {
  assert.equal(
    troubles('a { color: red }\n@media (width > 3px) {\n  b:hover { margin: 0; color: red !important }\n}'),
    [],
  )
  assert.equal(troubles(':root { --cc-size: 30px; color: var(--nc) }'), [])
  assert.equal(troubles('/* a { colour: red } */ b::after { content: "}; x: y" }'), [])
})

test('names the line of what it would leave out', () => {
  assert.equal(troubles('a {\n  colour: red;\n}\n\nb {\n  color: rad\n}'), [
    '2: unknown property “colour”',
    '6: “rad” is no value of “color”',
  ])
})

test('finds brackets that do not fit', () => {
  assert.equal(troubles('a { color: red }\n}'), ['2: a } without its {'])
  assert.equal(troubles('a {\n color: red'), ['1: this { is never closed'])
})

test('has read a sheet with a picture in it, however long its address', () => {
  const picture = `url("data:image/png;base64,${'A'.repeat(19_000)}")`
  assert.equal(
    cssTroubles(`.row { background: ${picture} no-repeat !important; }`, () => true),
    [],
  )
  assert.equal(
    cssTroubles(`.row { color:${' '.repeat(19_000)}red; }`, () => true),
    [],
  )
})

test.run()
