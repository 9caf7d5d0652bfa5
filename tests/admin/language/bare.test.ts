import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { german } from '../../../admin/language/de/index.ts'

const test = suite('admin/language/bare')
const ADMIN = join(import.meta.dirname, '../../../admin')
/** Not drawn by the panel, or not in words. */
const ELSEWHERE = ['landing.ts', 'theme.ts', 'html.ts', 'language/']
/** Names that are the same in every language, and what a machine is told. */
const NAMES = /^(?:CrossChat|Twitch|YouTube|Kick|OBS|[A-Z_]+|docs\/\S+|[A-Z]?\s?[·–×/|]?)$/

test('no words stand bare in the panel’s templates: each goes through t', async () => {
  const found: string[] = []
  for (const path of await sources()) {
    const text = await readFile(join(ADMIN, path), 'utf8')
    found.push(...bareIn(text).map((words) => `${path}: ${words}`))
  }
  assert.equal(found, [])
})

test('what a part is given to say stands in the catalogue', async () => {
  const found: string[] = []
  for (const path of await sources()) {
    const text = await readFile(join(ADMIN, path), 'utf8')
    const said = [
      ...text.matchAll(
        /\b(?:label|title|lead|what|hint|text|empty|placeholder|word|sentence): '((?:[^'\\\\]|\\\\.)*)'/g,
      ),
    ]
    const words = said.map(([, each = '']) => each.replaceAll("\\'", "'")).filter((each) => /^\p{Lu}/u.test(each))
    found.push(
      ...words.filter((each) => !Object.hasOwn(german, each) && !NAMES.test(each)).map((each) => `${path}: ${each}`),
    )
  }
  assert.equal(found, [])
})

test('the search finds words between tags and in attributes that are read out', () => {
  assert.equal(bareIn('html`<p class="a b">Some words</p>`'), ['Some words'])
  const value = (of: string) => `\${${of}}`
  assert.equal(bareIn(`html\`<p aria-label="Said aloud">${value('t(1)')}</p>\``), ['Said aloud'])
  assert.equal(bareIn(`html\`<p>${value('number(3)')} of ${value('many')}</p>\``), ['of'])
  assert.equal(bareIn(`html\`<p>${value("t('Settings')")}</p>\``), [])
})

/** What a reader would see or hear of a file's templates that is written there itself. */
function bareIn(source: string): string[] {
  return templatesOf(source).flatMap((template) => {
    const read = [...template.matchAll(/\s(?:aria-label|aria-description|title|placeholder|alt)="([^"]*)"/g)]
    const between = ` ${template} `.replace(/<code[^>]*>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '\n')
    const lines = [
      ...read.map(([, words = '']) => words).filter((words) => !words.startsWith('.')),
      ...between.split('\n'),
    ]
    return lines
      .flatMap((line) => line.split('\u0000'))
      .map((line) => line.trim())
      .filter((line) => /\p{L}{2,}/u.test(line) && !NAMES.test(line))
  })
}

/** The html templates of a file, innermost ones too, with a mark where values stand. */
function templatesOf(source: string): string[] {
  const found: string[] = []
  for (const start of source.matchAll(/\bhtml`/g)) found.push(template(source, start.index + 5).text)
  return found
}

function template(source: string, from: number): { text: string; end: number } {
  let text = ''
  let at = from
  while (at < source.length && source[at] !== '`') {
    if (source.startsWith('${', at)) {
      at = afterValue(source, at + 2)
      text += '\u0000'
    } else if (source[at] === '\\') at += 2
    else text += source[at++]
  }
  return { text, end: at + 1 }
}

function afterValue(source: string, from: number): number {
  let [at, depth] = [from, 1]
  while (at < source.length && depth > 0) {
    const sign = source[at] ?? ''
    if (sign === '`') at = template(source, at + 1).end
    else if (sign === "'" || sign === '"') at = afterQuote(source, at)
    else {
      if (sign === '{') depth++
      if (sign === '}') depth--
      at++
    }
  }
  return at
}

function afterQuote(source: string, from: number): number {
  let at = from + 1
  while (at < source.length && source[at] !== source[from] && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  return at + 1
}

async function sources(): Promise<string[]> {
  const all = (await readdir(ADMIN, { recursive: true })).map((path) => path.replaceAll('\\', '/'))
  return all.filter((path) => path.endsWith('.ts') && !ELSEWHERE.some((each) => path.startsWith(each))).sort()
}

test.run()
