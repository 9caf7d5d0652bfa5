import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { FromWorker } from '../../workers/control.ts'
import { type Delivered, Hooks } from '../../workers/hooks.ts'
import { Intake } from '../../workers/intake.ts'
import type { HookJob } from '../../workers/job.ts'
import { kick } from '../../workers/platforms/kick/index.ts'
import { BadDelivery, type Ground, type Platform, type Verifier } from '../../workers/platforms/platform.ts'
import { Publisher } from '../../workers/publish.ts'
import { allocateQueue } from '../../workers/queue/layout.ts'
import { QueueWriter } from '../../workers/queue/writer.ts'
import { UNRULED } from '../../workers/ruled.ts'

const GROUND: Ground = {
  settings: {},
  ms: (ms) => ms,
  now: Date.now,
  steady: () => performance.now(),
  random: Math.random,
}
const JOB: HookJob = {
  type: 'hook',
  job: 1,
  channel: 1,
  platform: 'kick',
  receivedAt: 1_800_000_000_000,
  delivery: 'd-1',
  bytes: Buffer.from('{}'),
  headers: {},
  source: null,
}
const CHAT = {
  message_id: 'm-1',
  content: 'hi',
  created_at: '2026-05-01T18:00:01Z',
  sender: { username: 'Noodle_Knight' },
}

/** Hooks whose only platform checks as given. */
function open(verify: Verifier) {
  const answers: FromWorker[] = []
  const told: Parameters<Delivered>[] = []
  const platform: Platform = { ...kick, verifier: () => verify }
  const publisher = new Publisher(new QueueWriter(allocateQueue(65_536), 1), ['kick'])
  const intake = new Intake([platform], publisher, (word) => answers.push(word))
  intake.open({ type: 'open', channel: 1, seq: 0, seen: new Float64Array(), rules: UNRULED })
  const hooks = new Hooks(
    [platform],
    GROUND,
    intake,
    (_, act) => act(),
    (...word) => told.push(word),
  )
  return { hooks, answers, told }
}

const payload = (body: object, learnt = {}) => ({
  kind: 'payload' as const,
  body: JSON.stringify({ type: 'chat.message.sent', body }),
  headers: {},
  learnt,
})

const test = suite('hooks')

test('tells of each delivery that was taken, and how much of it was new', async () => {
  const { hooks, told, answers } = open(() => payload(CHAT, { id: '7' }))
  await hooks.take(JOB)
  await hooks.take({ ...JOB, job: 2, delivery: 'd-2' })
  assert.equal(
    told.map(([where, events, learnt]) => [where.channel, where.platform, events, learnt]),
    [
      [1, 'kick', 1, { id: '7' }],
      [1, 'kick', 0, { id: '7' }],
    ],
  )
  assert.is(answers.filter(({ type }) => type === 'done').length, 2)
})

test('tells of none that was refused, was for another channel, or wanted nothing but an answer', async () => {
  const verdicts: Verifier[] = [
    () => ({ kind: 'foreign', why: 'It is not for this channel.' }),
    () => ({ kind: 'reply', reply: { status: 200, text: 'yes' } }),
    () => ({ kind: 'payload', body: '[]', headers: {} }),
    () => {
      throw new BadDelivery('bad_signature', 'no')
    },
  ]
  for (const verify of verdicts) {
    const { hooks, told, answers } = open(verify)
    await hooks.take(JOB)
    assert.is(told.length, 0)
    assert.is(answers.length, 1)
    const [answer] = answers
    const foreign = answer?.type === 'done' && answer.outcome.ok && answer.outcome.foreign === true
    assert.is(foreign, verify === verdicts[0])
  }
})

test('tells what the platform sends no more, and why nothing is shown', async () => {
  const told = { ended: 'No more follows.', silent: 'It comes otherwise.' }
  for (const kind of ['ended', 'silent'] as const) {
    const { hooks, answers } = open(() => ({ kind, why: told[kind] }))
    await hooks.take(JOB)
    const ended = kind === 'ended' && { ended: told.ended }
    const outcome = { ok: true, accepted: [], duplicates: 0, ignored: [told[kind]], seq: 0, ...ended }
    assert.equal(answers, [{ type: 'done', job: 1, outcome }])
  }
})

test('refuses one delivery, and tells of it, when a verifier throws what it must not', async () => {
  for (const verify of [
    () => {
      throw new TypeError('a flaw')
    },
    () => Promise.reject(new TypeError('a flaw')),
  ]) {
    const { hooks, told, answers } = open(verify)
    await hooks.take(JOB)
    assert.is(told.length, 0)
    assert.equal(answers, [
      { type: 'flaw', platform: 'kick', item: 0, error: 'TypeError: a flaw' },
      { type: 'done', job: 1, outcome: { ok: false, code: 'bad_payload', message: 'The delivery could not be read.' } },
    ])
  }
})

test('names the job as the suspect while its bytes are looked at', async () => {
  const hand: number[] = []
  const { answers } = open(() => ({ kind: 'foreign', why: 'not ours' }))
  const hooks = new Hooks(
    [{ ...kick, verifier: () => () => ({ kind: 'foreign', why: `in hand: ${hand}` }) }],
    GROUND,
    new Intake([kick], new Publisher(new QueueWriter(allocateQueue(65_536), 1), ['kick']), (word) =>
      answers.push(word),
    ),
    (job, act) => {
      hand.push(job)
      return act()
    },
  )
  await hooks.take(JOB)
  const [done] = answers
  assert.equal(done?.type === 'done' && done.outcome.ok && done.outcome.ignored, ['in hand: 1'])
})

test.run()
