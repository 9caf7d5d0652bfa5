import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changed } from '../../../admin/state/look-history.ts'
import { presetsOf } from '../../../admin/state/look-presets.ts'
import { warningsOf } from '../../../admin/state/look-warnings.ts'
import { SettingsBody } from '../../../server/look-body.ts'
import { resolveSettings } from '../../../server/look-themes.ts'
import { ABOUT } from '../../help/doors.ts'

const test = suite('admin/state/look-presets')

test('offers every platform alone, and only what the server takes', () => {
  const presets = presetsOf([ABOUT])
  assert.ok(presets.some(({ label }) => label === 'Testtube only'))
  for (const { label, change } of presets) assert.ok(SettingsBody.safeParse(change).success, label)
})

test('gives nothing to warn of with high legibility, whatever was there', () => {
  const [legible] = presetsOf([])
  const chosen = changed({ theme: 'chroma', textColor: '#111111', fontSize: 12 }, legible?.change ?? {})
  assert.equal(warningsOf(resolveSettings(chosen)), {})
})

test.run()
