import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hueOf, warningsOf } from '../../../admin/state/look-warnings.ts'
import { type ChosenSettings, themes } from '../../../server/look.ts'
import { resolveSettings } from '../../../server/look-themes.ts'

const test = suite('admin/state/look-warnings')
const warned = (chosen: ChosenSettings) => Object.keys(warningsOf(resolveSettings(chosen))).sort()

for (const theme of themes().filter((name) => name !== 'chroma')) {
  test(`has nothing to say about ${theme} as it comes`, () => {
    assert.equal(warned({ theme }), [])
  })
}

test('warns of small text, by whichever setting makes it small', () => {
  assert.equal(warned({ fontSize: 21 }), ['fontSize'])
  assert.equal(warned({ fontSize: 28, scale: 0.75 }), ['scale'])
  assert.equal(warned({ fontSize: 20, scale: 2 }), [])
})

test('measures text against what is behind it', () => {
  assert.equal(warned({ theme: 'cards', textColor: '#555555' }), ['textColor'])
  assert.equal(warned({ theme: 'clean', outlineColor: '#ffffff' }), ['textColor'])
  assert.equal(warned({ theme: 'cards', nameColor: 'custom', nameColorCustom: '#0000ff' }), ['nameColorCustom'])
  assert.match(
    warningsOf(resolveSettings({ theme: 'cards', textColor: '#555555' })).textColor ?? '',
    /against the panel/,
  )
})

test('warns where nothing holds the text', () => {
  assert.equal(warned({ theme: 'clean', outlineWidth: 0, shadow: 'none' }), ['outlineWidth'])
  assert.equal(warned({ theme: 'cards', panelOpacity: 50 }), ['panelOpacity'])
})

test('warns of colours that are cut out with the key', () => {
  assert.equal(warned({ theme: 'chroma' }), ['nameColor'])
  assert.equal(warned({ theme: 'chroma', nameColor: 'white' }), [])
  assert.equal(warned({ theme: 'chroma', nameColor: 'custom', nameColorCustom: '#53fc18' }), ['nameColorCustom'])
  assert.equal(warned({ theme: 'chroma', nameColor: 'white', textColor: '#7fffa0' }), ['textColor'])
})

test('tells a hue, and that greys have none', () => {
  assert.equal(['#ff0000', '#00ff00', '#0000ff', '#ff00ff'].map(hueOf), [0, 120, 240, 300])
  assert.equal(['#000000', '#888888', '#f0f0ff', 'transparent'].map(hueOf), [null, null, null, null])
})

test.run()
