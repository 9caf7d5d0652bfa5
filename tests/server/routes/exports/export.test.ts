import { parse } from 'csv-parse/sync'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { csv } from '../../../../server/routes/exports/csv.ts'
import type { Format } from '../../../../server/routes/exports/format.ts'
import { html } from '../../../../server/routes/exports/html.ts'
import { json, jsonl } from '../../../../server/routes/exports/json.ts'
import { srt, vtt } from '../../../../server/routes/exports/subtitles.ts'
import { txt } from '../../../../server/routes/exports/txt.ts'
import type { Archived } from '../../../../server/stores/archive.ts'
import type { Stream } from '../../../../server/stores/streams.ts'
import { message } from '../../../help/doors.ts'

const START = Date.UTC(2026, 0, 31, 20, 0, 0)
const STREAM: Stream = { id: 's', channelId: 'c', title: '<b>Late</b>', startedAt: START, endedAt: null, messages: 0 }

const said = (seq: number, text: string, more: object = {}): Archived => {
  const receivedAt = START + seq * 1_000
  return message(seq, text, { at: receivedAt, receivedAt, ...more } as Parameters<typeof message>[2])
}
const gap: Archived = { kind: 'gap', count: 3, at: START + 9_000, reason: 'disk full' }

function written(format: Format, entries: Archived[], offset = 0): string {
  const writer = format.open(STREAM, { offset })
  return writer.head() + entries.map((entry) => writer.row(entry)).join('') + writer.tail()
}

const test = suite('routes/exports')

test('writes JSON that reads back the same', () => {
  const entries = [said(1, 'a "quoted" line'), said(2, '🦦'), gap]
  assert.equal(JSON.parse(written(json, entries)), entries)
  assert.equal(JSON.parse(written(json, [])), [])
  const lines = written(jsonl, entries).trimEnd().split('\n')
  assert.equal(
    lines.map((line) => JSON.parse(line)),
    entries,
  )
})

test('writes CSV that a parser of others reads whole, with hostile cells as text', () => {
  const hostile = ['"quotes", commas', '=cmd|calc', '+1', '-1', '@SUM(A1)', 'a"b""c', 'two\nlines', ';x', '🦦']
  const name = '=HYPERLINK("http://x","y")'
  const author = { id: '@1', name, roles: [], badges: [] }
  const read: Record<string, string>[] = parse(
    written(csv, [...hostile.map((text, nth) => said(nth + 1, text, { author })), gap]),
    { columns: true, bom: true },
  )
  assert.is(read.length, hostile.length + 1)
  for (const [nth, text] of hostile.entries()) {
    const row = read[nth] ?? {}
    assert.is(row.text?.replace(/^'/, ''), text)
    for (const cell of Object.values(row)) assert.not.match(cell, /^[=+\-@\t\r]/)
    assert.is(row.author, `'${name}`)
  }
  assert.is(read.at(-1)?.kind, 'gap')
})

test('writes no cell that a spreadsheet takes for a formula', () => {
  const starts = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1']
  for (const start of starts) {
    const [, row = ''] = written(csv, [said(1, start)]).split('\r\n')
    assert.ok(row.includes(`"'${start.replaceAll('"', '""')}`), JSON.stringify(start))
  }
  assert.match(written(csv, [said(1, 'plain = fine')]), /"plain = fine"/)
})

test('quotes whatever a cell may hold', () => {
  const text = 'one, "two"\nthree'
  assert.ok(written(csv, [said(1, text)]).includes('"one, ""two""\nthree"'))
  assert.match(written(csv, [gap]), /"3 messages could not be kept: disk full"/)
})

test('writes down who said what and when', () => {
  const entries = [said(1, 'hello'), said(2, 'waves', { action: true }), gap]
  assert.is(
    written(txt, entries),
    '[2026-01-31 20:00:01] Mossy Otter: hello\n' +
      '[2026-01-31 20:00:02] * Mossy Otter waves\n' +
      '[2026-01-31 20:00:09] * 3 messages could not be kept.\n',
  )
})

test('keeps one message on one line', () => {
  assert.is(
    written(txt, [said(1, 'a\n[2026-01-31 20:00:02] Owner: b')])
      .trimEnd()
      .split('\n').length,
    1,
  )
})

test('writes a page in which nothing of the chat is markup', () => {
  const hostile = '<script>pwned()</script><img src=x onerror=pwned()> & "\''
  const author = { id: '1', name: '</b><script>', roles: [], badges: [] }
  const page = written(html, [said(1, hostile, { author })])
  assert.not.match(page, /<script|<img/)
  assert.ok(page.includes('&lt;script&gt;pwned()&lt;/script&gt;'))
  assert.ok(page.includes('<h1>&lt;b&gt;Late&lt;/b&gt;</h1>'))
})

test('marks what was taken off the air', () => {
  assert.match(written(txt, [said(1, 'gone', { hidden: 'word' })]), /: gone \(taken off the air\)\n$/)
  assert.match(written(html, [said(1, 'gone', { removed: { at: START, by: 'panel' } })]), /<s><bdi>gone<\/bdi><\/s>/)
})

test('counts subtitles from the start of the stream', () => {
  assert.is(written(srt, [said(1, 'hello')]), '1\n00:00:01,000 --> 00:00:06,000\nMossy Otter: hello\n\n')
  assert.is(written(vtt, [said(3_725, 'hello')]), 'WEBVTT\n\n01:02:05.000 --> 01:02:10.000\nMossy Otter: hello\n\n')
  assert.is(written(srt, [said(1, 'hello')], 2_500), '1\n00:00:03,500 --> 00:00:08,500\nMossy Otter: hello\n\n')
})

test('leaves out of subtitles what lies before the recording or was not on air', () => {
  const entries = [
    said(1, 'early'),
    said(20, 'removed', { removed: { at: START, by: 'panel' } }),
    said(21, 'hidden', { hidden: 'word' }),
    gap,
    said(22, 'shown'),
  ]
  assert.is(written(srt, entries, -10_000), '1\n00:00:12,000 --> 00:00:17,000\nMossy Otter: shown\n\n')
})

test('shows in subtitles what was held when it came on air', () => {
  const released = said(1, 'at last', { releasedAt: START + 60_000 })
  assert.is(written(srt, [released]), '1\n00:01:00,000 --> 00:01:05,000\nMossy Otter: at last\n\n')
})

test('writes down what was said with a notice', () => {
  const { author: _, ...base } = said(1, '') as Extract<Archived, { kind: 'message' }>
  const announced = {
    ...base,
    kind: 'notice',
    what: 'announcement',
    text: 'Bo announced.',
    parts: [{ type: 'text', text: 'tea' }],
  }
  assert.match(written(csv, [announced as Archived]), /"Bo announced\. tea"/)
})

test('lets no message break out of its cue', () => {
  const hostile = 'a\n\n2\n00:00:00,000 --> 00:00:09,000\n<i>b'
  for (const format of [srt, vtt]) {
    const arrows = written(format, [said(1, hostile)]).match(/-->/g)
    assert.is(arrows?.length, 1)
    assert.not.match(written(format, [said(1, hostile)]), /<i>/)
  }
})

test.run()
