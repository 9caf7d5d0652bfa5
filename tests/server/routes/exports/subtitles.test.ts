import { createRequire } from 'node:module'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Format } from '../../../../server/routes/exports/format.ts'
import { srt, vtt } from '../../../../server/routes/exports/subtitles.ts'
import type { Archived } from '../../../../server/stores/archive.ts'
import { message } from '../../../help/doors.ts'

/** Subtitles as parsers of others read them: W3C's own for WebVTT, which says what is wrong, and one for both. */

interface Strict {
  cues: { startTime: number; endTime: number; text: string; tree: { children: { type: string; value: string }[] } }[]
  errors: { message: string; line: number }[]
}
const {
  WebVTTParser,
  WebVTTCueTextParser,
}: {
  WebVTTParser: new (entities: object) => { parse(text: string, kind?: string): Strict }
  WebVTTCueTextParser: new (
    text: string,
    report: (error: string) => void,
    kind: string,
    entities: object,
  ) => { parse(start: number, end: number): { children: { type: string; value?: string }[] } }
} = createRequire(import.meta.url)('webvtt-parser')

/** Its own types do not hold under `nodenext`; so much of them is used. */
interface Caption {
  type: string
  start: number
  end: number
  content: string
}
const SUBSRT = 'subsrt-ts'
const { default: subsrt }: { default: { parse(text: string, options: { format: string }): Caption[] } } = await import(
  SUBSRT
)

const ENTITIES = { '&amp': '&', '&lt': '<', '&gt': '>', '&quot;': '"', '&#39;': "'" }
const START = Date.UTC(2026, 0, 31, 20)
const HOSTILE = [
  'one --> two',
  '-->',
  '00:00:00.000 --> 00:00:09.000',
  'blank\n\nlines\r\n\r\n\n2\n00:00:01,000 --> 00:00:02,000\nmore',
  '<v Owner>I said that</v>',
  '<c.big><00:00:01.000><i>x</i>',
  'NOTE nothing to see',
  'STYLE',
  'REGION\nid:x',
  'WEBVTT',
  '&lt;b&gt; &amp; &nbsp; &#60;',
  '{\\an8}up there',
  '7',
  '\u2028\u2029\u0085 \u000b\u000c end',
  'nul \u0000 and \uFEFF',
  '\u202eturned',
]

function written(format: Format, texts: readonly string[]): string {
  const writer = format.open({ title: '', startedAt: START }, { offset: 0 })
  const rows = texts.map((text, nth): Archived => {
    const receivedAt = START + (nth + 1) * 1_000
    const author = { id: '1', name: nth % 2 === 0 ? 'Mossy Otter' : '<v NOTE --> x>', roles: [], badges: [] }
    return message(nth + 1, text, { at: receivedAt, receivedAt, author } as Parameters<typeof message>[2])
  })
  return writer.head() + rows.map((row) => writer.row(row)).join('') + writer.tail()
}

const test = suite('exports/subtitles')

test('writes WebVTT in which the parser of its makers finds one cue a message and no mistake', () => {
  const { cues, errors } = new WebVTTParser(ENTITIES).parse(written(vtt, HOSTILE), 'subtitles')
  assert.equal(errors, [])
  assert.equal(
    cues.map(({ startTime, endTime }) => [startTime, endTime]),
    HOSTILE.map((_, nth) => [nth + 1, nth + 6]),
  )
})

test('writes cues of text alone, in which nobody speaks in another one’s voice', () => {
  const { cues } = new WebVTTParser(ENTITIES).parse(written(vtt, HOSTILE), 'subtitles')
  for (const [nth, { text }] of cues.entries()) {
    const mistakes: string[] = []
    const { children } = new WebVTTCueTextParser(text, (error) => mistakes.push(error), 'subtitles', ENTITIES).parse(
      1,
      9,
    )
    assert.equal(mistakes, [], HOSTILE[nth])
    assert.ok(
      children.every(({ type }) => type === 'text'),
      HOSTILE[nth],
    )
  }
})

for (const [name, format] of Object.entries({ srt, vtt })) {
  test(`writes ${name} that another parser reads whole, a cue a message`, () => {
    const captions = subsrt.parse(written(format, HOSTILE), { format: name }).filter(({ type }) => type === 'caption')
    assert.equal(
      captions.map(({ start, end }) => [start, end]),
      HOSTILE.map((_, nth) => [(nth + 1) * 1_000, (nth + 6) * 1_000]),
    )
    for (const { content } of captions) assert.not.match(content, name === 'srt' ? /[<>\n]|\{\\/ : /<|-->|\n/)
  })
}

test.run()
