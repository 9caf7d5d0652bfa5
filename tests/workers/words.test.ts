import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Part } from '../../workers/message.ts'
import { MAX_TEXT } from '../../workers/text.ts'
import { line, MAX_PARTS, textOf, words } from '../../workers/words.ts'

const test = suite('words')

const text = (value: string): Part => ({ type: 'text', text: value })
const mention = (value: string): Part => ({ type: 'mention', text: value })
const emote = (value: string): Part => ({ type: 'emote', text: value, id: '1', provider: 'x', url: 'https://x.test/1' })

test('keeps plain text in one part, and makes none of nothing', () => {
  assert.equal(words('just  words , and an a@b'), [text('just  words , and an a@b')])
  assert.equal(words(''), [])
})

test('finds mentions without the punctuation behind them', () => {
  assert.equal(words('hi @harbor.light, and @Ana_Ñandú!'), [
    text('hi '),
    mention('@harbor.light'),
    text(', and '),
    mention('@Ana_Ñandú'),
    text('!'),
  ])
  assert.equal(words('@雪.'), [mention('@雪'), text('.')])
  assert.equal(words('@ @~ @. (@name'), [text('@ @~ @. (@name')])
})

test('finds links, with the sentence around them left as text', () => {
  assert.equal(words('see https://example.test/a?b=c.'), [
    text('see '),
    { type: 'link', text: 'https://example.test/a?b=c', url: 'https://example.test/a?b=c' },
    text('.'),
  ])
  assert.equal(words('HTTP://Example.test'), [
    { type: 'link', text: 'HTTP://Example.test', url: 'http://example.test/' },
  ])
})

test('leaves as text what is no address of the web, or hides where it leads', () => {
  for (const word of [
    'javascript://x',
    'ftp://x.test',
    'https://',
    'x:https://a.test',
    'https://known.test@other.test/',
  ]) {
    assert.equal(words(word), [text(word)])
  }
})

test('joins to the very same text, whatever it is', () => {
  for (const sample of ['  @a  https://b.test  ', 'https://c.test/…"', '@@a @a@b', '\u3000@a\u3000', 'a\n@b']) {
    assert.is(textOf(words(sample)), sample)
  }
})

test('makes a line of pieces: cleaned, neighbours joined, nothing empty', () => {
  assert.equal(line(['see https://exam', 'ple.test now\u202e', emote('Wave'), '', emote('Wave'), '!\u0000']), [
    text('see '),
    { type: 'link', text: 'https://example.test', url: 'https://example.test/' },
    text(' now'),
    emote('Wave'),
    emote('Wave'),
    text('!'),
  ])
})

test('drops what is invisible at the end, down to the last part that shows', () => {
  assert.equal(line(['hello \u{e0000}']), [text('hello')])
  assert.equal(line([emote('Wave'), ' \u200b', ' ']), [emote('Wave')])
  assert.equal(line([' \u200b \u{e0000}']), [])
})

test('keeps no more than its limits', () => {
  assert.is(Array.from(textOf(line(['😂'.repeat(1_500), emote('Wave'), '😂'.repeat(1_500)]))).length, MAX_TEXT)
  assert.is(line(Array.from({ length: 3 * MAX_PARTS }, () => emote('W'))).length, MAX_PARTS)
  assert.equal(line(['x'.repeat(MAX_TEXT), emote('Wave')]), [text('x'.repeat(MAX_TEXT))])
})

test.run()
