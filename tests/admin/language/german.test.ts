import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { german, sentences } from '../../../admin/language/de/index.ts'
import { ERRORS } from '../../../server/errors.ts'
import { platforms } from '../../../workers/platforms/index.ts'

const test = suite('admin/language/de')
const ADMIN = join(import.meta.dirname, '../../../admin')
const ROOMS = join(ADMIN, 'language/de')
/** Texts that the server says, and its table of settings; they stand in no source of the panel. */
const FROM_OUTSIDE = ['server.ts', 'look-table.ts']

test('every text of the catalogue stands in the panel', async () => {
  const sources = await panel()
  const outside = (await Promise.all(FROM_OUTSIDE.map(roomOf))).flatMap((room) => Object.keys(room))
  const unused = Object.keys(german).filter((text) => !outside.includes(text) && !stands(sources, text))
  assert.equal(unused, [])
})

test('no text stands in two rooms of the catalogue', async () => {
  const files = (await readdir(ROOMS)).filter((file) => file !== 'index.ts')
  const texts = (await Promise.all(files.map(roomOf))).flatMap((room) => Object.keys(room))
  assert.equal(
    texts.filter((text, nth) => texts.indexOf(text) !== nth),
    [],
  )
})

test('every sentence of an error has its German', () => {
  const sentences = Object.values(ERRORS).map(([, sentence]) => sentence)
  assert.equal(
    sentences.filter((sentence) => !Object.hasOwn(german, sentence)),
    [],
  )
})

test('what the platforms say of what they need has its German', () => {
  const said = platforms.flatMap(({ about: { source } }) => [
    ...[source.label, source.hint, source.hook],
    ...source.fields.flatMap(({ label, hint }) => [label, hint]),
  ])
  assert.equal(
    said.filter((text) => text !== undefined && !Object.hasOwn(german, text)),
    [],
  )
})

test('a text keeps its gaps and its edges in German', () => {
  for (const [text, value] of Object.entries({ ...german, ...sentences })) {
    const forms: string[] = typeof value === 'string' ? [value] : [value.one, value.other]
    for (const form of forms) {
      // "a row" needs no number in the form for one.
      const wanted = gapsOf(text).filter((gap) => typeof value === 'string' || gap !== '{n}')
      const given = gapsOf(form).filter((gap) => typeof value === 'string' || gap !== '{n}')
      assert.equal(given, wanted, text)
      assert.is(form, form.trim(), text)
      assert.is.not(form, '', text)
    }
  }
})

function gapsOf(text: string): string[] {
  return (text.match(/\{\w+\}/g) ?? []).sort()
}

function stands(sources: string, text: string): boolean {
  const quoted = [text.replaceAll("'", "\\'"), text]
  return quoted.some((each) => ["'", '"', '`'].some((mark) => sources.includes(mark + each + mark)))
}

async function roomOf(file: string): Promise<object> {
  const [room] = Object.values((await tsImport(join(ROOMS, file), import.meta.url)) as Record<string, object>)
  return room ?? {}
}

async function panel(): Promise<string> {
  const files = (await readdir(ADMIN, { recursive: true })).filter(
    (path) => path.endsWith('.ts') && !path.startsWith('language'),
  )
  return (await Promise.all(files.map((path) => readFile(join(ADMIN, path), 'utf8')))).join('\n')
}

test.run()
