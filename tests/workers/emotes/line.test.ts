import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emotes } from '../../../workers/emotes/emotes.ts'
import { Intake } from '../../../workers/intake.ts'
import type { Draft } from '../../../workers/message.ts'
import { platforms } from '../../../workers/platforms/index.ts'
import { Publisher } from '../../../workers/publish.ts'
import { allocateQueue } from '../../../workers/queue/layout.ts'
import { QueueReader } from '../../../workers/queue/reader.ts'
import { RecordCursor } from '../../../workers/queue/record.ts'
import { QueueWriter } from '../../../workers/queue/writer.ts'
import { UNRULED } from '../../../workers/ruled.ts'
import { CONTEXT, recorded } from '../../help/payloads.ts'
import { temporaryData } from '../../help/server.ts'
import { Emotes as StandIn } from '../../help/stand-ins/emotes.ts'

/** Emotes in the line: lines of IRC in, records out. */

interface Context {
  intake: Intake
  reader: QueueReader
  end(): Promise<void>
}
interface Line {
  line: string
  previous?: string[]
  expected: { thirdPartyEmotes?: string[] }
}

const test = suite<Context>('emotes/line')

test.before(async (context) => {
  const services = await StandIn.start()
  services.give('bttv', 'twitch/1001', ['BTTVEmote', 'Kappa'])
  services.give('7tv', 'twitch/1001', ['7TVEmote', { word: '7TVEmote0w', zeroWidth: true }, 'PogChamp'])
  services.give('ffz', 'twitch/1001', ['FFZEmote', 'Keepo'])
  services.give('bttv', 'global', ['BTTVGlobal'])
  services.give('7tv', 'global', ['7TVGlobal'])
  services.give('ffz', 'global', ['FFZGlobal'])
  const { path, remove } = await temporaryData()
  const emotes = new Emotes(platforms, { ...quick, settings: services.settings }, path, () => {})
  const order = { platform: 'twitch', number: 1, name: 'cool_channel', options: {}, facts: {}, leftAt: null }
  const whose = ['global', 'twitch/1001'] as const
  const heard = () =>
    Promise.all(whose.flatMap((each) => (['bttv', 'ffz', '7tv'] as const).map((name) => services.heard(name, each))))
  const first = heard()
  emotes.follows({ order: { ...order, channel: 1 }, facts: { id: '1001' } })
  // What is asked for again has been understood.
  await first
  await heard()
  const memory = allocateQueue(1_024 * 1_024)
  const publisher = new Publisher(
    new QueueWriter(memory, 1),
    platforms.map(({ about }) => about.id),
  )
  context.reader = new QueueReader(memory, 2)
  context.intake = new Intake(
    platforms,
    publisher,
    () => {},
    (...draft) => emotes.dress(...draft),
  )
  for (const channel of [1, 2])
    context.intake.open({ type: 'open', channel, seq: 0, seen: new Float64Array(), rules: UNRULED })
  context.end = async () => {
    await emotes.close()
    await services.close()
    await remove()
  }
})
test.after((context) => context.end())

const quick = {
  ms: (ms: number) => Math.ceil(ms / (ms >= 60_000 ? 1_500 : 40)),
  now: Date.now,
  steady: () => performance.now(),
  random: Math.random,
}

/** The events that a line becomes in a channel. */
function events({ intake, reader }: Context, line: string, channel = 1): Draft[] {
  intake.bring(channel, 'twitch', { body: line, headers: {} }, CONTEXT)
  const taken: Draft[] = []
  for (let batch = reader.take(); Buffer.isBuffer(batch); batch = reader.take()) {
    const record = new RecordCursor(batch)
    while (record.next()) taken.push(JSON.parse(batch.toString('utf8', record.start, record.start + record.length)))
  }
  return taken
}

function emotesOf(drafts: Draft[]): { word: string; provider: string }[] {
  return drafts.flatMap((draft) => {
    const parts = ('parts' in draft && draft.parts) || []
    if (draft.kind === 'message') assert.is(parts.map(({ text }) => text).join(''), draft.text)
    return parts.flatMap((part) => (part.type === 'emote' ? [{ word: part.text, provider: part.provider }] : []))
  })
}

let number = 0
const said = (words: string, tags = '') =>
  `@id=m${number++};user-id=7;display-name=Noodle_Knight;${tags}tmi-sent-ts=1700000000000 :noodle_knight!n@n.tmi.twitch.tv PRIVMSG #cool_channel :${words}`

const third = (drafts: Draft[]) => emotesOf(drafts).filter(({ provider }) => provider !== 'twitch')

test('gives recorded lines just the third-party emotes that they are known to have', (context) => {
  const lines = recorded<Line>('twitch-irc.jsonl')
  for (const { line, expected } of lines) {
    const words = third(events(context, line)).map(({ word }) => word)
    assert.equal(words, expected.thirdPartyEmotes ?? [], line)
  }
  if (lines.length > 0) assert.ok(lines.some(({ expected }) => expected.thirdPartyEmotes !== undefined))
})

test('leaves the platform’s own emotes to the platform, wherever it marks them', (context) => {
  assert.equal(emotesOf(events(context, said('Kappa Kappa', 'emotes=25:0-4;'))), [
    { word: 'Kappa', provider: 'twitch' },
    { word: 'Kappa', provider: 'bttv' },
  ])
})

test('dresses /me and what answers somebody, whose words are left alone', (context) => {
  assert.equal(third(events(context, said('\u0001ACTION dances FFZEmote\u0001'))), [
    { word: 'FFZEmote', provider: 'ffz' },
  ])
  const parent =
    'reply-parent-msg-id=m;reply-parent-user-login=ada;reply-parent-display-name=Ada;reply-parent-msg-body=Keepo;'
  const [reply] = events(context, said('@Ada PogChamp yes', parent))
  assert.equal(third(reply === undefined ? [] : [reply]), [{ word: 'PogChamp', provider: '7tv' }])
  assert.is(reply?.kind === 'message' && reply.reply?.text, 'Keepo')
})

test('dresses what somebody says in a notice', (context) => {
  const tags = '@id=n1;msg-id=announcement;login=ada;display-name=Ada;user-id=8;system-msg=;tmi-sent-ts=1700000000000'
  const [notice] = events(context, `${tags} :tmi.twitch.tv USERNOTICE #cool_channel :BTTVGlobal news`)
  assert.is(notice?.kind, 'notice')
  assert.equal(third(notice === undefined ? [] : [notice]), [{ word: 'BTTVGlobal', provider: 'bttv' }])
})

test('counts code points as the platform does and words as people do', (context) => {
  const line = said('👋👋 LUL 👋 FFZGlobal', 'emotes=425618:3-5;')
  assert.equal(emotesOf(events(context, line)), [
    { word: 'LUL', provider: 'twitch' },
    { word: 'FFZGlobal', provider: 'ffz' },
  ])
})

test('marks a zero-width emote in the record', (context) => {
  const [draft] = events(context, said('7TVEmote 7TVEmote0w'))
  const over = draft?.kind === 'message' ? draft.parts.map((part) => 'zeroWidth' in part) : []
  assert.equal(over, [false, false, true])
})

test('leaves channels alone that do not follow', (context) => {
  assert.equal(emotesOf(events(context, said('Keepo BTTVGlobal'), 2)), [])
})

test.run()
