import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lookTable } from '../../../admin/language/de/look-table.ts'
import { speak } from '../../../admin/language/language.ts'
import { lookWord } from '../../../admin/state/look-words.ts'
import { SETTINGS, settingNames } from '../../../server/look.ts'
import { GROUPS, type Setting } from '../../../server/look-kinds.ts'

const test = suite('admin/language/de/look-table')
const view = { document: { documentElement: { lang: 'en' } }, navigator: { languages: ['de'] } } as unknown as Window

test.after(() => speak('en', view))

test('every group, setting and choice of the table has its German, and nothing else has', () => {
  const words = settingNames().flatMap((name) => wordsOf(SETTINGS[name]))
  const wanted = new Set([...Object.values(GROUPS), ...words].map((text) => `${text}|look`))
  assert.equal([...wanted].sort(), Object.keys(lookTable).sort())
})

test('a word of the table is not taken for one of the panel that is written alike', async () => {
  assert.is(lookWord('Theme'), 'Theme')
  await speak('de', view)
  assert.is(lookWord('Theme'), 'Theme')
  assert.is(lookWord('Time on screen'), 'Zeit im Bild')
  assert.is(lookWord('A setting of tomorrow'), 'A setting of tomorrow')
})

function wordsOf(setting: Setting): string[] {
  const choices = 'values' in setting ? Object.values(setting.values) : []
  const words = setting.kind === 'color' ? Object.values(setting.words ?? {}) : []
  const zero = setting.kind === 'number' && setting.zero !== undefined ? [setting.zero] : []
  return [setting.label, ...choices, ...words, ...zero]
}

test.run()
