import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kick } from '../../../../workers/platforms/kick/index.ts'
import { BadPayload, type SampleFields } from '../../../../workers/platforms/platform.ts'
import { seeded } from '../../../../workers/random.ts'
import { CONTEXT, damaged, only, recorded, through } from '../../../help/payloads.ts'

const test = suite('kick')

const FIELDS: SampleFields = {
  id: 'sim-1',
  at: 1_777_658_401_123,
  kind: 'message',
  name: 'Ana_Ñandú',
  text: 'hello 👋🏽',
  color: '#aabbcc',
  roles: ['mod', 'vip'],
}

function sampled(fields: Partial<SampleFields>) {
  const { body, headers } = kick.sample({ ...FIELDS, ...fields })
  return through(kick, JSON.parse(body), headers)
}

test('introduces itself with everything a page needs to draw it', () => {
  const { about } = kick
  for (const color of [about.color, about.glyph, about.ink.dark, about.ink.light]) assert.match(color, /^#[0-9a-f]{6}$/)
  assert.match(about.mark, /^M[\d .,a-zA-Z-]+$/)
  assert.equal(about.samples, ['message', 'reply', 'sub', 'resub', 'gift', 'follow', 'cheer', 'raid'])
})

test('makes samples that come back as what was asked for', () => {
  const message = only('message', sampled({}))
  assert.is(message.text, 'hello 👋🏽')
  const { name, color, roles } = message.author
  assert.equal([name, color, roles], ['Ana_Ñandú', '#aabbcc', ['mod', 'vip']])
  const reply = only('message', sampled({ kind: 'reply' }))
  assert.equal([reply.text, reply.reply?.id], ['hello 👋🏽', 'kick:sim-1-parent'])
  assert.is(only('notice', sampled({ kind: 'sub' })).what, 'sub')
  const again = only('notice', sampled({ kind: 'resub', amount: 13 }))
  assert.equal([again.what, again.months], ['resub', 13])
  assert.equal(
    [
      only('notice', sampled({ kind: 'gift', amount: 3 })).count,
      only('notice', sampled({ kind: 'gift', amount: 1 })).count,
    ],
    [3, 1],
  )
  assert.is(only('notice', sampled({ kind: 'follow' })).what, 'follow')
  const cheer = only('notice', sampled({ kind: 'cheer', amount: 250 }))
  assert.equal([cheer.money?.kind, cheer.money?.amount, cheer.parts?.[0]?.text], ['kicks', 250, 'hello 👋🏽'])
  const raid = only('notice', sampled({ kind: 'raid', amount: 42 }))
  assert.equal([raid.what, raid.count, raid.author?.name], ['raid', 42, 'Ana_Ñandú'])
})

test('gives every sample the id and time asked for, whatever the words', () => {
  for (const kind of kick.about.samples) {
    // A message of none is ignored.
    const blank = kind === 'message' ? [] : ['', '\u0000\u202e']
    for (const text of [...blank, '.', 'x'.repeat(5_000)]) {
      const [event] = sampled({ kind, text, name: '' }).events
      assert.equal([event?.id, event?.at], ['kick:sim-1', FIELDS.at], kind)
    }
  }
  assert.throws(
    () => kick.sample({ ...FIELDS, kind: 'superchat' }),
    (error: unknown) => error instanceof BadPayload,
  )
})

test('gives back every role', () => {
  const roles: SampleFields['roles'] = ['owner', 'mod', 'vip', 'sub', 'staff', 'verified', 'bot']
  assert.equal(only('message', sampled({ roles })).author.roles, roles)
})

test('gives the same author to the same simulated name', () => {
  const id = (name: string) => only('message', sampled({ name })).author.id
  assert.is(id('Ana'), id('ana'))
  assert.is.not(id('Ana'), id('Bo'))
})

test('never throws for a shape nobody sends', () => {
  for (const value of [undefined, null, 7, 'x', [], {}, { event: 7 }, { type: 'x', body: 7 }]) {
    const { events, ignored } = kick.normalise({ item: 3, value, headers: {} }, CONTEXT)
    assert.equal([events.length, ignored], [0, ['Item 3: it is not what Kick sends.']])
  }
})

/** Frames hold their data as JSON in a string; it is opened to be damaged inside, and closed again. */
function damagedFrame(frame: Record<string, unknown>, random: () => number): unknown {
  const data = typeof frame.data === 'string' ? JSON.parse(frame.data) : undefined
  return damaged({ ...frame, data: random() < 0.5 ? data : JSON.stringify(damaged(data, random)) }, random)
}

test('gives the same events for the same payload, and never throws for a damaged one', () => {
  const random = seeded(7)
  const samples = kick.about.samples.map((kind) => kick.sample({ ...FIELDS, kind }))
  const hooks = recorded<{ type: string; body: unknown }>('kick-webhooks.jsonl').map(({ type, body }) => ({
    type,
    body,
  }))
  const made = samples.map(({ body, headers }) => ({ type: headers['kick-event-type'], body: JSON.parse(body) }))
  const frames = recorded<{ frame: Record<string, unknown> }>('kick-pusher.jsonl').map(({ frame }) => frame)
  for (let round = 0; round < 150; round++) {
    const hooked = [...hooks, ...made].map((value) => damaged(value, random))
    for (const value of [...hooked, ...frames.map((frame) => damagedFrame(frame, random))]) {
      try {
        assert.equal(through(kick, value), through(kick, value))
      } catch (error) {
        if (!(error instanceof BadPayload)) throw error
      }
    }
  }
  assert.is(Reflect.get({}, 'polluted'), undefined)
})

test.run()
