import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadPayload, type SampleFields } from '../../../../workers/platforms/platform.ts'
import { youtube } from '../../../../workers/platforms/youtube/index.ts'
import { seeded } from '../../../../workers/random.ts'
import { CONTEXT, damaged, only, recorded, through } from '../../../help/payloads.ts'

const test = suite('youtube')

const FIELDS: SampleFields = {
  id: 'sim-1',
  at: 1_777_658_401_123,
  kind: 'message',
  name: 'Ana Ñandú',
  text: 'hello 👋🏽',
  roles: ['mod', 'sub'],
}

function sampled(fields: Partial<SampleFields>) {
  const { body, headers } = youtube.sample({ ...FIELDS, ...fields })
  return through(youtube, JSON.parse(body), headers)
}

test('introduces itself with everything a page needs to draw it', () => {
  const { about } = youtube
  for (const color of [about.color, about.glyph, about.ink.dark, about.ink.light]) assert.match(color, /^#[0-9a-f]{6}$/)
  assert.match(about.mark, /^M[\d .,a-zA-Z-]+$/)
  assert.equal(about.samples, ['message', 'superchat', 'sub', 'resub', 'gift'])
})

test('makes samples that come back as what was asked for', () => {
  const message = only('message', sampled({}))
  assert.equal([message.id, message.at, message.text], ['youtube:sim-1', FIELDS.at, 'hello 👋🏽'])
  assert.equal([message.author.name, message.author.roles], ['Ana Ñandú', ['mod', 'sub']])
  assert.equal(only('message', sampled({ kind: 'superchat', amount: 12.5 })).money, {
    kind: 'superchat',
    amount: 12.5,
    currency: 'USD',
    display: '$12.50',
    tier: 4,
  })
  assert.is(only('notice', sampled({ kind: 'sub' })).what, 'sub')
  const again = only('notice', sampled({ kind: 'resub', amount: 13 }))
  assert.equal([again.what, again.months, again.parts?.[0]?.text], ['resub', 13, 'hello 👋🏽'])
  assert.is(only('notice', sampled({ kind: 'gift', amount: 3 })).count, 3)
})

test('lists no sample that it cannot make, and makes none that it does not list', () => {
  for (const kind of youtube.about.samples) {
    // A message of none is ignored.
    const blank = kind === 'message' ? [] : ['', '\u0000\u202e']
    for (const text of [...blank, '.', 'x'.repeat(5_000)]) {
      const [event] = sampled({ kind, text, name: '' }).events
      assert.equal([event?.id, event?.at], ['youtube:sim-1', FIELDS.at])
    }
  }
  assert.throws(
    () => youtube.sample({ ...FIELDS, kind: 'raid' }),
    (error: unknown) => error instanceof BadPayload,
  )
})

test('gives the same author to the same simulated name', () => {
  assert.is(only('message', sampled({})).author.id, only('message', sampled({ text: 'more' })).author.id)
})

test('never throws for a shape nobody sends', () => {
  for (const value of [undefined, null, 7, 'x', [], {}, { items: 7 }, { snippet: [] }]) {
    const { events, ignored } = youtube.normalise({ item: 3, value, headers: {} }, CONTEXT)
    assert.equal([events.length, ignored], [0, ['Item 3: it is not what YouTube sends.']])
  }
})

test('survives payloads nested deeper than they can be written', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`)
  const snippet = { type: 'textMessageEvent', displayMessage: 'hi', publishedAt: '2026-05-01T18:00:01Z', deep }
  const { events } = youtube.normalise({ item: 0, value: { snippet }, headers: {} }, CONTEXT)
  assert.is(events[0]?.id, 'youtube:delivery-1:0.0')
})

test('gives the same events for the same payload, and never throws for a damaged one', () => {
  const random = seeded(7)
  const lines = ['youtube-api', 'youtube-innertube', 'youtube-renderers'].flatMap((name) =>
    recorded<{ response?: unknown; action?: unknown }>(`${name}.jsonl`),
  )
  const samples = youtube.about.samples.map((kind) => JSON.parse(youtube.sample({ ...FIELDS, kind }).body))
  const values = [...lines.map(({ response, action }) => response ?? action), ...samples]
  for (let round = 0; round < 25; round++) {
    for (const value of values) {
      const broken = damaged(value, random)
      try {
        assert.equal(through(youtube, broken), through(youtube, broken))
      } catch (error) {
        if (!(error instanceof BadPayload)) throw error
      }
    }
  }
  assert.is(Reflect.get({}, 'polluted'), undefined)
})

test.run()
