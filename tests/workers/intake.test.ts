import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FromWorker } from '../../workers/control.ts'
import { fingerprint } from '../../workers/fingerprint.ts'
import { Intake } from '../../workers/intake.ts'
import type { Draft } from '../../workers/message.ts'
import { kick } from '../../workers/platforms/kick/index.ts'
import { BadPayload, type Payload, type Platform } from '../../workers/platforms/platform.ts'
import { twitch } from '../../workers/platforms/twitch/index.ts'
import { Publisher } from '../../workers/publish.ts'
import { allocateQueue } from '../../workers/queue/layout.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { NO_RULES, type Trial, UNRULED } from '../../workers/ruled.ts'
import { trialDraft } from '../../workers/trial.ts'
import { ircLine } from '../help/panel.ts'

const CONTEXT = { receivedAt: 1_800_000_000_000, delivery: 'd-1' }
const TRIAL: Trial = { text: 'hello', name: 'Noodle_Knight', person: null, first: false, rules: null }
const PERSON = { platform: 'twitch', authorId: '7' }
const LINKS = { ...NO_RULES, links: { action: 'hold' as const, allow: [] } }
const NEWS = { live: true, at: 1_800_000_000_000 }

function open(platform: Platform = twitch) {
  const said: FromWorker[] = []
  const publisher = new Publisher(new QueueWriter(allocateQueue(65_536), 1), [platform.about.id])
  const intake = new Intake([platform], publisher, (word) => said.push(word))
  intake.open({ type: 'open', channel: 1, seq: 40, seen: new Float64Array(), rules: UNRULED })
  const push = (body: string, job = 1) =>
    intake.take({ type: 'push', job, channel: 1, platform: 'twitch', body, headers: {}, ...CONTEXT })
  const bring = (body: string, channel = 1) => intake.bring(channel, 'twitch', { body, headers: {} }, CONTEXT)
  return { intake, said, push, bring }
}

/** Twitch, but every payload that reads `on` is news of the broadcast, and `bad` is no payload. */
const telling: Platform = {
  ...twitch,
  read: (body, headers) =>
    body.split(' ').map((value, item): Payload => {
      if (value === 'bad') throw new BadPayload(item, 'bad.')
      return { item, value, headers }
    }),
  normalise: ({ value }) => ({ events: [], ignored: [], ...(value === 'on' && { broadcast: NEWS }) }),
}

const test = suite('intake')

test('gives events of every way one order, and takes each once', () => {
  const { push, bring, intake, said } = open()
  assert.equal(bring(ircLine('a', 'one')), { accepted: 1, duplicates: 0, seq: 41, full: false })
  assert.is(push([ircLine('a', 'one'), ircLine('b', 'two')].join('\r\n')), 1)
  assert.equal(bring(ircLine('b', 'two')), { accepted: 0, duplicates: 1, seq: 42, full: false })
  assert.is(intake.seqOf(1), 42)
  const [done] = said
  assert.equal(done?.type === 'done' && done.outcome, {
    ok: true,
    accepted: [{ id: 'twitch:b', seq: 42 }],
    duplicates: 1,
    repeated: [fingerprint('twitch:a')],
    ignored: [],
    seq: 42,
  })
})

test('shows once what a second subscription delivers under another id, and each of two samples that are alike', () => {
  const { intake } = open(kick)
  const created_at = '2026-05-01T18:00:01.250Z'
  const body = JSON.stringify({ subscriber: { user_id: 7, username: 'Noodle_Knight' }, duration: 1, created_at })
  const deliver = (id: string) => {
    const headers = { 'kick-event-type': 'channel.subscription.new', 'kick-event-message-id': id }
    const { accepted, duplicates } = intake.bring(1, 'kick', { body, headers }, CONTEXT)
    return [accepted, duplicates]
  }
  assert.equal(['first', 'first', 'second'].map(deliver), [
    [1, 0],
    [0, 1],
    [0, 1],
  ])
  const sub = { kind: 'sub' as const, name: 'Noodle_Knight', text: '', roles: [] }
  for (const id of ['s-1', 's-2']) intake.simulate(1, 'kick', sub, id, CONTEXT.receivedAt)
  assert.is(intake.seqOf(1), 43)
})

test('takes a long payload in pieces, between which others are taken, and answers once', () => {
  const { intake, said, bring } = open()
  const body = ['a', 'b', 'c', 'd', 'e'].map((id) => ircLine(id, id)).join('\r\n')
  const job = { type: 'push' as const, job: 1, channel: 1, platform: 'twitch', body, headers: {}, ...CONTEXT }
  const steps = intake.steps(job, 2)
  assert.is(steps.next().done, false)
  assert.is(intake.seqOf(1), 42)
  assert.is(bring(ircLine('x', 'between')).seq, 43)
  assert.is(steps.next().done, false)
  assert.equal(said, [])
  assert.equal(steps.next(), { done: true, value: 5 })
  const [done] = said
  assert.equal(
    done?.type === 'done' && done.outcome.ok && done.outcome.accepted.map(({ seq }) => seq),
    [41, 42, 44, 45, 46],
  )
  assert.is(said.length, 1)
})

test('takes what a connector brings and cannot be read for nothing', () => {
  const { bring, said } = open()
  for (const body of ['', 'what is this', '\u0000', '{"half":', 'x'.repeat(100_000)])
    assert.is(bring(body).accepted, 0, body.slice(0, 20))
  assert.equal(said, [])
})

test('brings nothing into a channel that is closed, or from nowhere', () => {
  const { intake, bring } = open()
  assert.equal(bring(ircLine('a', 'one'), 7), { accepted: 0, duplicates: 0, seq: 0, full: false })
  intake.close(1)
  assert.equal(bring(ircLine('a', 'one')), { accepted: 0, duplicates: 0, seq: 0, full: false })
  assert.is(intake.seqOf(1), 0)
})

test('tells news of the broadcast, whichever way they come, before the answer', () => {
  const { push, bring, said } = open(telling)
  bring('on')
  push('chat on')
  const word = { type: 'broadcast', channel: 1, platform: 'twitch', broadcast: NEWS }
  assert.equal(said.slice(0, 2), [word, word])
  assert.is(said[2]?.type, 'done')
})

test('tells no news of a body that was refused, nor of a sample', () => {
  const { intake, push, said } = open({ ...telling, sample: () => ({ body: 'on', headers: {} }) })
  push('on bad')
  intake.simulate(1, 'twitch', { kind: 'message', name: 'a', text: 'b', roles: [] }, 'd', 1)
  assert.equal(
    said.map(({ type }) => type),
    ['done'],
  )
})

test('puts a held message on air once, with the place of its release', () => {
  const { intake, push, said } = open()
  intake.setRules(1, { ...UNRULED, everything: true })
  push(ircLine('h', 'hello'))
  const { platform, kind, ...shown } = { ...trialDraft(TRIAL), kind: 'message' as const, platform: 'twitch' }
  const event = { ...shown, platform, kind, id: 'twitch:h', seq: 41, hidden: 'held:everything' }
  const target = { id: 'twitch:h' }
  const draft = {
    kind: 'restore' as const,
    id: 'twitch:h.released',
    platform,
    at: 1,
    receivedAt: 1,
    target,
    by: 'panel' as const,
  }
  const release = (job: number) =>
    intake.take({ type: 'event', job, channel: 1, draft: { ...draft, events: [event], released: true }, ...CONTEXT })
  assert.is(release(2), 1)
  assert.is(release(3), 0, 'the second time it is a duplicate')
  const accepted = said.map((word) => word.type === 'done' && word.outcome.ok && word.outcome.accepted)
  assert.equal(accepted, [[{ id: 'twitch:h', seq: 41 }], [{ id: 'twitch:h.released', seq: 42 }], []])
})

test('hides what was taken away before it came, also when another worker was told of its removal', () => {
  const drafts: Draft[] = []
  const publisher = new Publisher(new QueueWriter(allocateQueue(65_536), 1), ['twitch'])
  const intake = new Intake(
    [twitch],
    publisher,
    () => {},
    (_, __, draft) => drafts.push(draft),
  )
  const removed = [fingerprint('twitch:a')]
  intake.open({ type: 'open', channel: 1, seq: 40, removed, seen: new Float64Array(), rules: UNRULED })
  const body = [ircLine('a', 'one'), ircLine('b', 'two')].join('\r\n')
  intake.bring(1, 'twitch', { body, headers: {} }, CONTEXT)
  assert.equal(
    drafts.map(({ hidden }) => hidden),
    ['removed', undefined],
  )
})

test('makes a long list of words ready in pieces, between which others are taken, and judges all by it', () => {
  const { intake, said } = open()
  intake.open({ type: 'open', channel: 2, seq: 0, seen: new Float64Array(), rules: UNRULED })
  const words = Array.from({ length: 1_000 }, (_, nth) => `somewhat long word ${nth}`)
  intake.setRules(1, { ...UNRULED, words })
  const body = [ircLine('a', 'fine'), ircLine('b', words[999] ?? '')].join('\r\n')
  const job = { type: 'push' as const, job: 1, channel: 1, platform: 'twitch', body, headers: {}, ...CONTEXT }
  const steps = intake.steps(job)
  let pieces = 1
  while (steps.next().done !== true) {
    assert.is(intake.bring(2, 'twitch', { body: ircLine(`x${pieces}`, 'between'), headers: {} }, CONTEXT).seq, pieces)
    pieces++
  }
  assert.ok(pieces > 30, `${pieces}`)
  assert.is(said.length, 1)
  assert.is(intake.seqOf(1), 42)
})

test('finishes a list at once for what a source brings', () => {
  const { intake, bring } = open()
  intake.setRules(1, { ...UNRULED, words: Array.from({ length: 1_000 }, (_, nth) => `word ${nth}`) })
  assert.equal(bring(ircLine('a', 'word 7')), { accepted: 1, duplicates: 0, seq: 41, full: false })
  assert.is(intake.try(1, { ...TRIAL, text: 'word 999' }).rule, 'word')
})

test('tries rules on a message that nobody wrote, and remembers nothing of it', () => {
  const { intake, push } = open()
  intake.setRules(1, { ...UNRULED, words: ['spoiler'], repeats: { action: 'hide', within: 30 }, people: [PERSON] })
  const tried = (change: Partial<Trial>) => intake.try(1, { ...TRIAL, ...change })
  assert.equal(tried({}), { rule: null, action: 'show', found: null })
  assert.equal(tried({}), { rule: null, action: 'show', found: null }, 'and does not repeat itself')
  assert.equal(tried({ text: 'SPOILERS' }), { rule: 'word', action: 'hide', found: 'spoiler' })
  assert.equal(tried({ person: PERSON }), { rule: 'user', action: 'hide', found: null })
  assert.equal(tried({ text: 'https://else.example/', rules: LINKS }), {
    rule: 'link',
    action: 'hold',
    found: 'else.example',
  })
  assert.equal(tried({ rules: LINKS, person: PERSON }).rule, 'user', 'people stay hidden under other rules')
  assert.is(push(ircLine('a', 'hello')), 1)
  assert.is(intake.seqOf(1), 41)
})

test('leaves out the one item over which a normaliser throws, and tells of it', () => {
  const { push, said } = open({
    ...telling,
    normalise() {
      throw new TypeError(`a flaw ${'x'.repeat(1_000)}`)
    },
  })
  push('one')
  const [flaw, done] = said
  assert.equal(flaw?.type === 'flaw' && [flaw.platform, flaw.item, flaw.error.length], ['twitch', 0, 300])
  assert.equal(done?.type === 'done' && done.outcome.ok && done.outcome.ignored, ['Item 0: could not be read.'])
})

test.run()
