import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contrast, inkMaker, inkOf } from '../../../admin/state/ink.ts'

const test = suite('admin/state/ink')

test('measures contrast as WCAG does', () => {
  assert.is(contrast('#ffffff', '#000000'), 21)
  assert.is(contrast('#777777', '#777777'), 1)
})

test('makes every colour readable on both palettes', () => {
  for (const color of ['#0000ff', '#8a2be2', '#b22222', '#000000', '#ffffff', '#00ff7f', '#211f3a']) {
    const ink = inkOf(color)
    assert.ok(contrast(ink.dark, '#211f3a') >= 4.5, `${color} on dark`)
    assert.ok(contrast(ink.light, '#ebe9fb') >= 4.5, `${color} on light`)
  }
})

test('leaves alone what is readable already', () => {
  assert.is(inkOf('#9acd32').dark, '#9acd32')
  assert.is(inkOf('#5140c9').light, '#5140c9')
})

test('takes nothing for a colour that is none', () => {
  assert.equal(inkOf('red;}'), { dark: '#ffffff', light: '#000000' })
})

test('gives a person without a colour always the same one', () => {
  const ink = inkMaker()
  assert.equal(ink(undefined, 'p1'), ink(undefined, 'p1'))
  const found = new Set(Array.from({ length: 40 }, (_, i) => ink(undefined, `person ${i}`).dark))
  assert.ok(found.size > 3, 'people differ')
})

test.run()
