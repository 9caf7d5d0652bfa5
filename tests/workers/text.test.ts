import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  clean,
  cleanName,
  cut,
  hexColor,
  MAX_MARKS,
  MAX_NAME,
  MAX_TEXT,
  safeUrl,
  trimInvisible,
  visible,
} from '../../workers/text.ts'

const test = suite('workers/text')

test('leaves ordinary text of any script as it is', () => {
  for (const text of [
    '',
    'plain ~!',
    'Grüße',
    '안녕 하세요',
    'שלום',
    'नमस्ते',
    'Tiếng Việt',
    '👩‍👩‍👧 🏳️‍🌈',
    '  two  spaces  ',
  ])
    assert.is(clean(text), text)
})

test('turns line breaks and tabs into spaces', () => {
  assert.is(clean('a\nb\tc\u2028d\u2029e'), 'a b c d e')
})

test('takes out control characters and bidi overrides', () => {
  assert.is(clean('a\0b\x1bc\x7fd\u0085e'), 'abcde')
  assert.is(clean('\u202ea\u202a\u2066b\u2069\u200e\u200f\u061c'), 'ab')
})

test('replaces lone surrogates', () => {
  assert.is(clean('a\ud800b\udc00'), 'a\ufffdb\ufffd')
})

test('keeps a few marks a letter and no more', () => {
  assert.is(clean(`a${'\u0301'.repeat(1_000)}b`), `a${'\u0301'.repeat(MAX_MARKS)}b`)
  assert.is(clean(`a${'\u0301'.repeat(MAX_MARKS)}`), `a${'\u0301'.repeat(MAX_MARKS)}`)
})

test('counts the marks of a letter also where something without a shape stands between them', () => {
  for (const between of ['\u200d', '\u200c', '\u2060', '\u034f', '\ufe0f']) {
    const text = clean(`a${`${'\u0301'.repeat(MAX_MARKS)}${between}`.repeat(50)}b`)
    assert.is(text.match(/\p{M}/gu)?.length, MAX_MARKS, between)
  }
  for (const whole of [
    '👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    'क्\u200dष',
  ])
    assert.is(clean(whole), whole)
})

test('cuts by code points, plain or not', () => {
  assert.is(clean('x'.repeat(MAX_TEXT + 5)).length, MAX_TEXT)
  assert.is(Array.from(clean('😂'.repeat(MAX_TEXT + 5))).length, MAX_TEXT)
  assert.is(cut('😂😂😂', 2), '😂😂')
  assert.is(cut('😂😂', 2), '😂😂')
  assert.is(cut('abc', 2), 'ab')
})

test('makes a one-line name that is never empty', () => {
  assert.is(cleanName('  Mira \n Vale \u200b'), 'Mira Vale')
  assert.is(cleanName('\u202e \u{e0000}', 'mira'), 'mira')
  assert.is(cleanName(''), '?')
  assert.is(cleanName('n'.repeat(500)).length, MAX_NAME)
  assert.is(cleanName('n '.repeat(500)).length, MAX_NAME - 1)
})

test('leaves out what cannot be seen of a pasted text, and nothing else', () => {
  assert.is(visible('\ufeff\u2068cool\u200b_channel\u2069\u200e'), 'cool_channel')
  assert.is(visible('@Grüße_한국 x\r\n'), '@Grüße_한국 x\r\n')
})

test('trims white space and invisible characters from the end alone', () => {
  assert.is(trimInvisible(' a b \u{e0000} \u200b\u{e0001}\u2060\ufeff\u034f'), ' a b')
  assert.is(trimInvisible('👍'), '👍')
  assert.is(trimInvisible('\u{e0000}'), '')
  assert.is(trimInvisible(''), '')
})

test('takes a colour of six digits in any case and nothing else', () => {
  assert.is(hexColor('#AbCdEf'), '#abcdef')
  for (const value of ['', '#abc', 'red', '#12345g', '#1234567', 'x#123456', null, 7])
    assert.is(hexColor(value), undefined)
})

test('takes an https address on a known host and nothing else', () => {
  const hosts = ['img.example', '*.cdn.example']
  assert.is(safeUrl('https://img.example/a.png', hosts), 'https://img.example/a.png')
  assert.is(safeUrl('//img.example/a.png', hosts), 'https://img.example/a.png')
  assert.is(safeUrl('https://x.cdn.example/a', hosts), 'https://x.cdn.example/a')
  const bad = [
    'http://img.example/a',
    'https://evil.example/a',
    'https://img.example.evil.example/',
    'https://evilcdn.example/',
    'https://cdn.example/',
    'https://user@img.example/',
    'https://img.example:8443/',
    'javascript:alert(1)',
    `https://img.example/${'a'.repeat(3_000)}`,
    'not a url',
    '',
    undefined,
  ]
  for (const value of bad) assert.is(safeUrl(value, hosts), undefined, String(value))
})

test.run()
