import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { known, SETTINGS, settingNames } from '../../server/look.ts'
import { SettingsBody } from '../../server/look-body.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import { fit, GROUPS } from '../../server/look-kinds.ts'
import { PRESETS, resolveSettings } from '../../server/look-themes.ts'

const test = suite('look')
const accepts = (settings: unknown) => SettingsBody.safeParse(settings).success

test('names every setting and every parameter once, in a group of the form', () => {
  const parameters = settingNames().flatMap((name) => SETTINGS[name].parameter ?? [])
  assert.is(new Set(parameters).size, parameters.length)
  assert.is(parameters.length, settingNames().length - 1)
  for (const name of settingNames()) assert.ok(SETTINGS[name].group in GROUPS, name)
})

test('has defaults and presets that it takes itself', () => {
  assert.equal(known({ ...DEFAULT_SETTINGS }), DEFAULT_SETTINGS)
  assert.ok(accepts(DEFAULT_SETTINGS))
  for (const [theme, preset] of Object.entries(PRESETS)) {
    assert.equal(known({ ...preset }), preset, theme)
    assert.ok(accepts(preset), theme)
  }
})

test('refuses at the door what is unknown, out of range or off the step', () => {
  assert.ok(accepts({ fontSize: 40, lineHeight: 1.45, maxWidth: 0, background: '#00FF00', radius: null, events: [] }))
  for (const wrong of [
    { fontSize: 11 },
    { fontSize: 40.5 },
    { lineHeight: 1.42 },
    { maxWidth: 100 },
    { background: 'green' },
    { events: ['sub', 'party'] },
    { customCss: 'x'.repeat(20_001) },
    { hideUsers: Array.from({ length: 201 }, (_, i) => `u${i}`) },
    { glow: true },
    { showAvatars: 'yes' },
  ]) {
    assert.not.ok(accepts(wrong), JSON.stringify(wrong).slice(0, 80))
  }
})

test('keeps of stored settings of another age what it knows, in range', () => {
  assert.equal(
    known({
      theme: 'hologram',
      fontSize: 'huge',
      maxMessages: 5_000,
      lineHeight: 1.404,
      glow: true,
      events: ['sub', 'x'],
    }),
    { maxMessages: 100, lineHeight: 1.4, events: ['sub'] },
  )
})

test('takes defaults, then the theme’s, then what is stored, then the address', () => {
  assert.equal(resolveSettings({}), DEFAULT_SETTINGS)
  assert.is(resolveSettings({ theme: 'captions' }).lineHeight, 1.5)
  assert.is(resolveSettings({ theme: 'captions', lineHeight: 1.2 }).lineHeight, 1.2)
  assert.is(resolveSettings({ theme: 'captions', lineHeight: 1.2 }, { lineHeight: 1.9 }).lineHeight, 1.9)
  assert.is(resolveSettings({ theme: 'captions' }, { theme: 'clean' }).lineHeight, 1.35)
})

test('puts numbers on their step and into their range', () => {
  assert.is(fit(SETTINGS.lineHeight, 1.3333), 1.35)
  assert.is(fit(SETTINGS.maxWidth, -4), 0)
  assert.is(fit(SETTINGS.maxWidth, 50), 200)
  assert.is(fit(SETTINGS.fontWeight, 640), 600)
  assert.is(fit(SETTINGS.fontSize, Number.NaN), undefined)
})

test.run()
