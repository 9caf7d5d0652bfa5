import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Author, Draft, Part } from '../../../../workers/message.ts'
import { MAX_ITEMS } from '../../../../workers/platforms/platform.ts'
import { twitch } from '../../../../workers/platforms/twitch/index.ts'
import { assertSound, CONTEXT, eventOf, normalised } from './given.ts'

/** Recorded payloads, read in place: `CROSSCHAT_FIXTURES`, or `../shared/fixtures` beside the project. */
const FOLDER = process.env.CROSSCHAT_FIXTURES ?? join(process.cwd(), '../shared/fixtures')

const test = suite('twitch: recorded payloads')

interface Recorded {
  source: string
  line: string
  previous?: string[]
  body: unknown
  message: unknown
  expected: Expected
}

/** What the recordings state of one line; a field that is not there is not stated. */
interface Expected {
  kind: string
  noticeKind?: string
  id?: string
  timeMs?: number
  login?: string
  userId?: string
  displayName?: string
  color?: string
  badges?: string[]
  badgeInfo?: Record<string, string>
  flags?: string[]
  text?: string
  emotes?: { word: string; id: string }[]
  mentions?: string[]
  bits?: number
  reply?: { parentId: string; parentLogin: string }
  systemText?: string
  subPlan?: string
  recipient?: { displayName: string }
  targetLogin?: string
  targetUserId?: string
  targetMessageId?: string
  noticeText?: string
}

function recorded(file: string): Recorded[] {
  const rows: unknown[] = readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row))
  return rows as Recorded[]
}

const KINDS: Record<string, Draft['kind']> = {
  message: 'message',
  notice: 'notice',
  roomNotice: 'notice',
  clearChat: 'clear',
  timeout: 'remove',
  ban: 'remove',
  deleteMessage: 'remove',
}
const WHATS: Record<string, string> = {
  sub: 'sub',
  resub: 'resub',
  subgift: 'gift',
  submysterygift: 'gift',
  raid: 'raid',
  announcement: 'announcement',
  bitsbadgetier: 'milestone',
  viewermilestone: 'milestone',
  modiversary: 'milestone',
  socialsharingbadge: 'milestone',
}
const TIERS: Record<string, string> = { Prime: 'Prime', '1000': 'Tier 1', '2000': 'Tier 2', '3000': 'Tier 3' }

/** Compares only what the recording states. */
function stated(actual: unknown, expected: unknown, what: string): void {
  if (expected !== undefined) assert.equal(actual, expected, what)
}

function checkEvent(event: Draft, expected: Expected): void {
  assert.is(event.kind, KINDS[expected.kind], 'kind')
  stated(event.at, expected.timeMs, 'time')
  if (expected.id !== undefined) assert.is(event.id, `twitch:${expected.id}`)
  if (event.kind === 'message') checkMessage(event, expected)
  if (event.kind === 'notice') checkNotice(event, expected)
  if (event.kind === 'remove') checkTarget(event.target, expected)
}

function checkMessage(event: Extract<Draft, { kind: 'message' }>, expected: Expected): void {
  const flags = expected.flags ?? []
  checkAuthor(event.author, expected)
  stated(event.text, expected.text, 'text')
  checkParts(event.parts, expected)
  assert.is(event.action === true, flags.includes('action'), 'action')
  assert.is(event.first === true, flags.includes('firstMessage'), 'first')
  assert.is(event.highlighted === true, flags.includes('highlight'), 'highlight')
  assert.is(event.reply !== undefined, flags.includes('reply'), 'reply')
  assert.is(event.money?.kind === 'bits', flags.includes('cheer'), 'cheer')
  stated(event.money?.amount, expected.bits, 'bits')
  if (expected.reply === undefined) return
  assert.is(event.reply?.id, `twitch:${expected.reply.parentId}`)
  assert.is(event.reply?.author.toLowerCase(), expected.reply.parentLogin)
}

function checkNotice(event: Extract<Draft, { kind: 'notice' }>, expected: Expected): void {
  if (event.author !== undefined) checkAuthor(event.author, expected)
  assert.is(event.what, WHATS[expected.noticeKind ?? ''] ?? 'other')
  stated(event.text, expected.systemText ?? expected.noticeText, 'system text')
  stated(event.parts?.map((part) => part.text).join(''), expected.text, 'text')
  checkParts(event.parts ?? [], expected)
  stated(event.tier, expected.subPlan && TIERS[expected.subPlan], 'tier')
  stated(event.recipient, expected.recipient?.displayName, 'recipient')
}

function checkAuthor(author: Author, expected: Expected): void {
  stated(author.login, expected.login, 'login')
  stated(author.id, expected.userId, 'user id')
  stated(author.name, expected.displayName, 'name')
  stated(author.color, expected.color?.toLowerCase(), 'colour')
  const sets = author.badges.map((badge) => badge.id.split('/')[0])
  stated(sets, expected.badges, 'badges')
  const months = expected.badgeInfo?.subscriber
  const subscriber = author.badges.find((badge) => badge.id.startsWith('subscriber/'))
  if (months !== undefined && subscriber !== undefined) assert.match(subscriber.label, `(${months} month`)
}

function checkParts(parts: readonly Part[], expected: Expected): void {
  const emotes = parts.flatMap((part) => (part.type === 'emote' ? [{ word: part.text, id: part.id }] : []))
  stated(emotes, expected.emotes, 'emotes')
  const mentions = parts.flatMap((part) => (part.type === 'mention' ? [part.text.slice(1)] : []))
  stated(mentions, expected.mentions, 'mentions')
  const bits = parts.reduce((sum, part) => sum + (part.type === 'cheer' ? part.bits : 0), 0)
  if (expected.bits !== undefined) assert.is(bits, expected.bits, 'cheers')
}

function checkTarget(target: { id: string } | { authorId: string }, expected: Expected): void {
  if ('id' in target) assert.is(target.id, `twitch:${expected.targetMessageId}`)
  else assert.is(target.authorId, expected.targetUserId ?? expected.targetLogin)
}

if (existsSync(join(FOLDER, 'twitch-irc.jsonl'))) {
  test('every line gives what its recording states', () => {
    const rows = recorded('twitch-irc.jsonl')
    assert.ok(rows.length > 0)
    for (const { source, line, expected } of rows) {
      try {
        assertSound(normalised(line))
        checkEvent(eventOf(line), expected)
      } catch (error) {
        throw new Error(`${source}: ${error instanceof Error ? error.message : error}`, { cause: error })
      }
    }
  })

  test('the lines before a line give events under other ids', () => {
    for (const { source, line, previous = [] } of recorded('twitch-irc.jsonl')) {
      const ids = [...previous, line].map((each) => eventOf(each).id)
      assert.is(new Set(ids).size, ids.length, source)
    }
  })

  test('a delete names the message that was shown', () => {
    const shown = new Set(
      recorded('twitch-irc.jsonl').flatMap(({ previous = [] }) => previous.map((line) => eventOf(line).id)),
    )
    for (const { line, expected } of recorded('twitch-irc.jsonl')) {
      const event = eventOf(line)
      if (expected.kind !== 'deleteMessage' || event.kind !== 'remove' || !('id' in event.target)) continue
      assert.ok(shown.has(event.target.id))
    }
  })

  test('every other line gives a sound event or a reason', () => {
    const lines = recorded('twitch-irc-more.jsonl').map(({ line }) => line)
    const payloads = twitch.read(lines.join('\r\n'), { 'content-type': 'text/plain' })
    assert.is(payloads.length, lines.length)
    for (const payload of payloads) assertSound(twitch.normalise(payload, CONTEXT))
  })

  test('every EventSub body and socket message gives a sound event or a reason', () => {
    const values = [
      ...recorded('twitch-eventsub.jsonl').map(({ body }) => body),
      ...recorded('twitch-eventsub-ws.jsonl').map(({ message }) => message),
    ]
    const body = JSON.stringify(values.slice(0, MAX_ITEMS))
    for (const payload of twitch.read(body, { 'content-type': 'application/json' })) {
      const result = twitch.normalise(payload, CONTEXT)
      assertSound(result)
      for (const event of result.events) assert.not.match(JSON.stringify(event), /of a kind that is new/)
    }
  })
} else {
  console.log(`skipped: no recorded payloads in ${FOLDER} (set CROSSCHAT_FIXTURES)`)
}

test.run()
