import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  contrast,
  nameColor,
  OUTLINED,
  ownColor,
  PALETTE,
  platformColor,
  readable,
} from '../../../overlay/parts/color.ts'
import type { OverlaySettings } from '../../../server/look.ts'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'
import { about } from '../samples.ts'

const test = suite('overlay/parts/color')
const SURFACE = '#141418'
const look = (nameColor: OverlaySettings['nameColor']) => ({ ...DEFAULT_SETTINGS, nameColor })
const person = (color?: string) => ({ id: '1', name: 'Ada', roles: [], badges: [], ...(color ? { color } : {}) })

test('measures contrast as WCAG does', () => {
  assert.is(contrast('#000000', '#ffffff'), 21)
  assert.is(contrast('#0000ff', SURFACE).toFixed(2), '2.14')
  assert.is(contrast('#8a2be2', SURFACE).toFixed(2), '3.08')
  assert.is(contrast('#b22222', SURFACE).toFixed(2), '2.75')
  assert.is(contrast('#008000', SURFACE).toFixed(2), '3.58')
})

test('raises dark colours just until they can be read', () => {
  assert.is(readable('#0000ff', SURFACE), '#3c75fe')
  assert.is(readable('#8a2be2', SURFACE), '#a353fd')
  assert.is(readable('#b22222', SURFACE), '#dc4e46')
  assert.is(readable('#008000', SURFACE), '#259321')
})

test('leaves colours alone that can be read', () => {
  for (const color of ['#ff0000', '#00ff7f', '#ffffff', '#daa520']) assert.is(readable(color, SURFACE), color)
})

test('makes every colour of the cube readable', () => {
  for (let value = 0; value <= 0xffffff; value += 0x0f1a27) {
    const color = `#${value.toString(16).padStart(6, '0')}`
    assert.ok(contrast(readable(color, SURFACE), SURFACE) >= 4.5, color)
  }
})

test('has fifteen different colours of its own, all readable', () => {
  assert.is(new Set(PALETTE).size, 15)
  for (const color of PALETTE) assert.is(readable(color, SURFACE), color)
})

test('gives a name without a colour the same one always, and spreads names over all', () => {
  assert.is(ownColor('Ada'), ownColor('ada'))
  const given = new Set(Array.from({ length: 300 }, (_, i) => ownColor(`viewer${i}`)))
  assert.is(given.size, 15)
})

test('colours names as the settings say', () => {
  const [first] = about
  assert.is(nameColor(person('#0000ff'), first, look('adjusted')), readable('#0000ff', OUTLINED))
  assert.is(nameColor(person('#0000ff'), first, look('original')), '#0000ff')
  assert.is(nameColor(person('#0000ff'), first, look('white')), '#ffffff')
  assert.is(nameColor(person('#0000ff'), first, look('platform')), first?.ink.dark)
  assert.is(nameColor(person(), first, look('adjusted')), ownColor('Ada'))
})

test('takes nothing but six hex digits for a colour', () => {
  for (const hostile of ['red;background:url(//evil.example)', 'var(--x)', '#fff}</style>', '#12345', 'javascript:1']) {
    assert.is(nameColor(person(hostile), about[0], look('original')), ownColor('Ada'))
  }
  assert.match(platformColor(undefined), /^#[0-9a-f]{6}$/)
})

test.run()
