import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Draft } from '../../../../workers/message.ts'
import type { SampleFields } from '../../../../workers/platforms/platform.ts'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'
import { assertSound, brief, CONTEXT } from './given.ts'

const test = suite('twitch/samples')
const FIELDS: SampleFields = {
  id: 'sim-1',
  at: 1_700_000_000_000,
  kind: 'message',
  name: 'Mira_Vale',
  text: 'hello Kappa',
  color: '#12AB34',
  roles: ['mod', 'sub'],
}

/** The way of a sample: made, read, normalised. */
function made(fields: Partial<SampleFields>): Draft {
  const pushed = twitch.sample({ ...FIELDS, ...fields })
  const payloads = twitch.read(pushed.body, pushed.headers)
  assert.is(payloads.length, 1)
  const results = payloads.map((payload) => twitch.normalise(payload, CONTEXT))
  results.forEach(assertSound)
  const event = results[0]?.events[0]
  if (event === undefined) throw new Error(results[0]?.ignored[0])
  return event
}

test('makes every kind it lists, with the id, time and name asked for', () => {
  for (const kind of twitch.about.samples) {
    const event = made({ kind })
    assert.equal([event.id, event.at], ['twitch:sim-1', FIELDS.at], kind)
    assert.is(event.kind === 'message' || event.kind === 'notice' ? event.author?.name : '', 'Mira_Vale', kind)
  }
})

test('makes messages that say what was asked for', () => {
  const message = made({})
  assert.ok(message.kind === 'message')
  if (message.kind !== 'message') return
  assert.equal(brief(message.parts), ['hello ', 'emote:Kappa'])
  assert.equal(
    [message.author.login, message.author.color, message.author.roles],
    ['mira_vale', '#12ab34', ['mod', 'sub']],
  )
  const shape = (fields: Partial<SampleFields>) => {
    const event = made(fields)
    return event.kind === 'message'
      ? [event.text, event.action, event.first, event.reply?.author, event.money?.amount]
      : []
  }
  assert.equal(shape({ kind: 'action' }), ['hello Kappa', true, undefined, undefined, undefined])
  assert.equal(shape({ kind: 'first' }), ['hello Kappa', undefined, true, undefined, undefined])
  assert.equal(shape({ kind: 'reply' }), ['hello Kappa', undefined, undefined, 'Nova_Sample', undefined])
  assert.equal(shape({ kind: 'cheer', amount: 250 }), ['Cheer250 hello Kappa', undefined, undefined, undefined, 250])
})

test('makes notices that say what was asked for', () => {
  const shape = (fields: Partial<SampleFields>) => {
    const event = made(fields)
    return event.kind === 'notice' ? [event.what, event.months ?? event.count, brief(event.parts)] : []
  }
  assert.equal(shape({ kind: 'sub' }), ['sub', 1, ['hello ', 'emote:Kappa']])
  assert.equal(shape({ kind: 'resub', amount: 14 }), ['resub', 14, ['hello ', 'emote:Kappa']])
  assert.equal(shape({ kind: 'gift', amount: 5 }), ['gift', 5, []])
  assert.equal(shape({ kind: 'raid', amount: 77 }), ['raid', 77, []])
  assert.equal(shape({ kind: 'announcement' }), ['announcement', undefined, ['hello ', 'emote:Kappa']])
})

test('makes every role', () => {
  for (const role of ['owner', 'mod', 'vip', 'sub', 'staff', 'verified', 'bot'] as const) {
    const event = made({ roles: [role] })
    assert.equal(event.kind === 'message' && event.author.roles, [role])
  }
})

test('invents a login for a name that cannot be one, the same each time', () => {
  const author = (name: string) => {
    const event = made({ name })
    return event.kind === 'message' ? event.author : undefined
  }
  assert.is(author('등대 지기')?.name, '등대 지기')
  assert.match(author('등대 지기')?.login ?? '', /^viewer_\d+$/)
  assert.is(author('등대 지기')?.id, author('등대 지기')?.id)
  assert.is.not(author('등대 지기')?.id, author('Mira_Vale')?.id)
})

test('stays one line whatever stands in name and text', () => {
  const hostile = 'a\r\nPING :x\n\0\x01ACTION ;\\: =b'
  for (const kind of twitch.about.samples) {
    assert.not.match(twitch.sample({ ...FIELDS, kind, name: hostile, text: hostile }).body.slice(0, -2), /[\r\n\0]/)
    const event = made({ kind, name: hostile, text: hostile })
    assert.is(event.id, 'twitch:sim-1', kind)
    assert.is(event.kind === 'message' && event.action === true, kind === 'action')
  }
})

test('marks emotes behind astral characters, prefixes and frames in the right place', () => {
  for (const kind of ['message', 'action', 'reply', 'cheer'] as const) {
    const event = made({ kind, text: '😂 PogChamp <3 Kappa' })
    const emotes = event.kind === 'message' ? event.parts.filter((part) => part.type === 'emote') : []
    assert.equal(
      emotes.map((part) => part.text),
      ['PogChamp', '<3', 'Kappa'],
      kind,
    )
  }
})

test('makes a plain message of a kind that Twitch does not have', () => {
  assert.is(made({ kind: 'superchat' }).kind, 'message')
})

test.run()
