import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Emote } from '../../../workers/emotes/emote.ts'
import { match } from '../../../workers/emotes/match.ts'
import type { Part } from '../../../workers/message.ts'
import { pick, seeded } from '../../../workers/random.ts'
import { MAX_PARTS, textOf, words } from '../../../workers/words.ts'

const emote = (id: string, more: Partial<Emote> = {}): Emote => ({
  id,
  provider: '7tv',
  url: `https://cdn.7tv.app/emote/${id}/2x.webp`,
  ...more,
})
const TABLE = new Map([
  ['catJAM', emote('jam')],
  ['peepoHappy', emote('happy')],
  ['soSnow', emote('snow', { zeroWidth: true })],
  [':)', emote('smile')],
  ['日本', emote('nippon')],
  ['😀', emote('grin')],
])
const find = (word: string) => TABLE.get(word)

/** The words that became emotes; the text must stay what it was. */
function found(parts: Part[] | string): string[] {
  const sent = typeof parts === 'string' ? words(parts) : parts
  const dressed = match(sent, find)
  assert.is(textOf(dressed), textOf(sent))
  assert.ok(dressed.every((part, i) => part.text !== '' && (part.type !== 'text' || dressed[i + 1]?.type !== 'text')))
  return dressed.filter((part) => part.type === 'emote').map(({ text }) => text)
}

const test = suite('emotes/match')

test('makes emotes of whole words only', () => {
  assert.equal(found('catJAM is here'), ['catJAM'])
  assert.equal(found('catJAM'), ['catJAM'])
  assert.equal(found('  catJAM   peepoHappy '), ['catJAM', 'peepoHappy'])
  assert.equal(found('catJAMs xcatJAM cat JAM'), [])
  assert.equal(found(''), [])
})

test('minds the case and punctuation', () => {
  assert.equal(found('catjam CATJAM catJAM! catJAM, (catJAM) "catJAM"'), [])
  assert.equal(found(':) :)) :-)'), [':)'])
})

test('takes every kind of white space as the end of a word', () => {
  assert.equal(found([{ type: 'text', text: 'catJAM\u3000catJAM\u00a0catJAM\u2003catJAM\tcatJAM' }]).length, 5)
})

test('finds words beyond the first plane of Unicode', () => {
  assert.equal(found('👨‍👩‍👧 😀 日本 😀😀 日本語'), ['😀', '日本'])
})

test('leaves links, mentions, cheers and the platform’s own emotes alone', () => {
  const parts: Part[] = [
    { type: 'emote', text: 'catJAM', id: '25', provider: 'twitch', url: 'https://static-cdn.jtvnw.net/x' },
    { type: 'text', text: ' ' },
    { type: 'mention', text: 'catJAM' },
    { type: 'text', text: ' ' },
    { type: 'cheer', text: 'catJAM', bits: 1 },
  ]
  assert.is(match(parts, find), parts)
})

test('sees that a word goes on in the part beside it', () => {
  const mention: Part = { type: 'mention', text: '@Noodle_Knight' }
  assert.equal(found([mention, { type: 'text', text: ':)' }]), [])
  assert.equal(found([mention, { type: 'text', text: ' :)' }]), [':)'])
  assert.equal(found([{ type: 'text', text: ':)' }, mention]), [])
  assert.equal(
    found([
      { type: 'text', text: 'cat' },
      { type: 'text', text: 'JAM' },
    ]),
    ['catJAM'],
  )
})

test('carries zero-width on, and marks no other', () => {
  const made = match(words('catJAM soSnow'), find)
  assert.equal(made, [
    { type: 'emote', text: 'catJAM', ...emote('jam') },
    { type: 'text', text: ' ' },
    { type: 'emote', text: 'soSnow', ...emote('snow'), zeroWidth: true },
  ])
})

test('gives the very same parts back when no word stands for anything', () => {
  const parts = words('nothing of that kind here, @Noodle_Knight')
  assert.is(match(parts, find), parts)
})

test('makes no more parts than a line may have; the rest stays text', () => {
  const made = match(
    [
      { type: 'text', text: 'catJAM '.repeat(5_000) },
      { type: 'mention', text: '@x' },
    ],
    find,
  )
  assert.ok(made.length <= MAX_PARTS && made.length > MAX_PARTS - 4, `${made.length} parts`)
  assert.is(textOf(made), `${'catJAM '.repeat(5_000)}@x`)
  assert.is(made.at(-1)?.type, 'mention')
})

test('never looks up what is longer than any word', () => {
  let asked = 0
  match([{ type: 'text', text: 'x'.repeat(100_000) }], () => {
    asked++
    return undefined
  })
  assert.is(asked, 0)
})

test('keeps the text of any line, and finds just the words that stand alone', () => {
  const random = seeded(11)
  const pieces = [
    'catJAM',
    'catJAMs',
    ':)',
    ' ',
    '  ',
    '\u3000',
    '@ada',
    'https://a.example/x',
    '😀',
    'soSnow',
    'é',
    'z',
  ] as const
  for (let i = 0; i < 5_000; i++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 12) }, () => pick(random, pieces)).join('')
    const sent = words(text)
    const plain = sent.every(({ type }) => type === 'text')
    const emotes = found(sent)
    if (plain)
      assert.equal(
        emotes,
        text.split(/\s+/).filter((word) => TABLE.has(word)),
        JSON.stringify(text),
      )
  }
})

test.run()
