import * as assert from 'uvu/assert'
import { cssTroubles } from '../../../admin/state/css-check.ts'
import { readLookFile } from '../../../admin/state/look-file.ts'
import { readDockQuery } from '../../../overlay/dock/query.ts'
import { readQuery } from '../../../overlay/query.ts'
import { decider, readSettings } from '../../../overlay/settings.ts'
import { known, SETTINGS, settingNames } from '../../../server/look.ts'
import { ChosenBody, SettingsBody } from '../../../server/look-body.ts'
import { depthOf } from '../../../server/look-css.ts'
import { fit, MAX_CSS } from '../../../server/look-kinds.ts'
import { resolveSettings } from '../../../server/look-themes.ts'
import { below, oneOf } from '../chance.ts'
import { changedJson, lesserJson, textOfJson } from '../json.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { changedText, shorterTexts } from '../text.ts'

/** Looks from elsewhere: files that somebody imports, what an older version has kept, addresses of pages, and style sheets. */

const WHOLE = { ...Object.fromEntries(settingNames().map((name) => [name, SETTINGS[name].default])) }
const LOOKS: readonly object[] = [
  {
    kind: 'crosschat-look',
    version: 1,
    name: 'Evening',
    settings: { theme: 'neon', fontSize: 32, textColor: '#ffeedd' },
  },
  { kind: 'crosschat-look', version: 1, name: 'All of it', settings: WHOLE },
  { kind: 'crosschat-look', version: 1, name: 'Lists', settings: { hideUsers: ['nightbot'], events: ['sub', 'raid'] } },
]
const ADDRESSES = [
  '?demo=live&size=40&color=ffffff&platforms=twitch,kick&hide=a,b',
  `?${settingNames()
    .map((name) => `${SETTINGS[name].parameter}=${SETTINGS[name].default}`)
    .join('&')}`,
  '?view=control&size=18&keys=0&badges=none&build=AbCd',
]
const SHEETS = [
  '.row { color: red; } /* a } in a comment */ .name::after { content: "}"; }',
  '@media (min-width: 1px) { .row { background: url("a{b}c") } }',
  '@layer a { @supports (x: y) { .row { --x: {{}} } } }',
  '.a{b:url(x/*y{)}',
]
const CSS_WORDS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  'url(',
  '/*',
  '*/',
  '"',
  "'",
  '\\',
  '\n',
  '\r\n',
  '@media x{',
  ';',
  ':',
  '!important',
]

type Input = { kind: 'file' | 'address' | 'sheet'; text: string }

export const looks: Target = {
  name: 'looks',
  few: 1_000,
  async open() {
    return { at: (random) => shot(inputFrom(random), trial) }
  },
}

function inputFrom(random: () => number): Input {
  switch (below(random, 3)) {
    case 0: {
      const text = textOfJson(changedJson(random, oneOf(random, LOOKS), LOOKS))
      return { kind: 'file', text: random() < 0.2 ? changedText(random, text, [text]) : text }
    }
    case 1:
      return { kind: 'address', text: changedText(random, oneOf(random, ADDRESSES), ADDRESSES, ['&', '=', '%', ',']) }
    default:
      return { kind: 'sheet', text: changedText(random, oneOf(random, SHEETS), SHEETS, CSS_WORDS).slice(0, MAX_CSS) }
  }
}

const trial: Trial<Input> = {
  check: ({ kind, text }) => CHECKS[kind](text),
  told: ({ kind, text }) => `${kind} ${JSON.stringify(text)}`,
  *lesser({ kind, text }) {
    if (kind === 'file' && text.startsWith('{"')) {
      for (const less of lesserJson(jsonOr(text))) yield { kind, text: textOfJson(less) }
    }
    for (const less of shorterTexts(text)) yield { kind, text: less }
  },
}

const CHECKS: Readonly<Record<Input['kind'], (text: string) => Outcome>> = {
  file: checkFile,
  address: checkAddress,
  sheet: checkSheet,
}

function checkFile(text: string): Outcome {
  const read = readLookFile(text)
  if ('wrong' in read) {
    assert.ok(read.wrong.length > 10, 'says what is wrong')
    return 'refused'
  }
  const { settings } = read
  checkKept(settings)
  const { success, data } = SettingsBody.safeParse(settings)
  if (!success) return 'refused'
  const chosen = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined))
  const names = Object.keys(known(chosen)).sort()
  assert.equal(names, Object.keys(chosen).sort(), 'what the server takes is known again when it is read from the disk')
  return 'taken'
}

/** What an older or a newer version has kept: whatever it is, there is a whole look, and reading it again changes nothing. */
function checkKept(stored: unknown): void {
  if (typeof stored !== 'object' || stored === null) return
  const chosen = known({ ...stored })
  assert.equal(known(chosen), chosen)
  const { error } = ChosenBody.safeParse({ ...chosen, customCss: '' })
  assert.ok(error === undefined, `a kept look is given out as it is not described: ${error?.message}`)
  checkWhole(resolveSettings(chosen, {}))
}

function checkWhole(settings: object): void {
  for (const name of settingNames()) {
    const value: unknown = Reflect.get(settings, name)
    assert.equal(fit(SETTINGS[name], value), value, `${name} is ${JSON.stringify(value)}`)
  }
}

function checkAddress(text: string): Outcome {
  const { rest } = readQuery(text)
  const { chosen, remarks } = readSettings(rest)
  checkWhole(decider(chosen)({ settings: resolveSettings({}, {}), chosen: [] }))
  assert.ok(remarks.length <= rest.length)
  const { size } = readDockQuery(text)
  assert.ok(size >= 12 && size <= 24)
  return remarks.length === 0 ? 'taken' : 'refused'
}

function checkSheet(text: string): Outcome {
  const depth = depthOf(text)
  assert.ok(depth >= 0 && depth <= text.split('{').length - 1, `depth ${depth}`)
  const troubles = cssTroubles(text, () => true)
  const lines = text.split('\n').length
  for (const { line, what } of troubles) assert.ok(line >= 1 && line <= lines && what.length > 3, `line ${line}`)
  return troubles.length === 0 ? 'taken' : 'refused'
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
