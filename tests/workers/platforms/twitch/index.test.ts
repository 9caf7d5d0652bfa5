import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'

const test = suite('twitch/about')

test('introduces itself as plain data', () => {
  const { about } = twitch
  assert.equal(structuredClone(about), about)
  assert.equal([about.id, about.label], ['twitch', 'Twitch'])
  for (const color of [about.color, about.glyph, about.ink.dark, about.ink.light]) assert.match(color, /^#[0-9a-f]{6}$/)
  assert.match(about.mark, /^M[\d\s.,a-zA-Z-]+$/)
  assert.not(about.samples.includes('superchat') || about.samples.includes('follow'))
})

test.run()
