import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Author, Draft, Part } from '../../workers/message.ts'
import type { Context, Normalised, Platform, Pushed, PushHeaders } from '../../workers/platforms/platform.ts'
import { pick } from '../../workers/random.ts'

/** What the tests of every platform share: recorded payloads, the whole way of one, and what must hold of any event. */

export const CONTEXT: Context = { receivedAt: 1_800_000_000_000, delivery: 'delivery-1' }

const FOLDER = process.env.CROSSCHAT_FIXTURES ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'fixtures')

/** The lines of a recording; none, said aloud, when the recordings are not there. */
export function recorded<Line>(name: string): Line[] {
  const path = join(FOLDER, name)
  if (!existsSync(path)) {
    console.log(`skipped: ${name} (no recordings; CROSSCHAT_FIXTURES may name their folder)`)
    return []
  }
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** A payload's whole way through a platform; what must hold of any outcome is checked on the way. */
export function through(platform: Platform, value: unknown, headers: PushHeaders = {}, context = CONTEXT): Normalised {
  return throughBody(platform, { body: JSON.stringify(value), headers }, context)
}

/** The same of a body as it was pushed. */
export function throughBody(platform: Platform, { body, headers }: Pushed, context = CONTEXT): Normalised {
  const whole: Normalised = { events: [], ignored: [] }
  for (const payload of platform.read(body, headers)) {
    const { events, ignored, ...news } = platform.normalise(payload, context)
    assert.ok(events.length + ignored.length > 0, 'a payload gives events or a reason')
    whole.events.push(...events)
    whole.ignored.push(...ignored)
    Object.assign(whole, news)
  }
  for (const draft of whole.events) checkDraft(draft, platform.about.id)
  for (const reason of whole.ignored) assert.match(reason, /^Item \d+(, [a-z ]+ ?\d*)*: [^\n]{5,200}\.$/)
  return whole
}

/** The only event of a payload. */
export function only<Kind extends Draft['kind']>(kind: Kind, { events }: Normalised): Extract<Draft, { kind: Kind }> {
  assert.is(events.length, 1)
  const [draft] = events
  assert.is(draft?.kind, kind)
  return draft as Extract<Draft, { kind: Kind }>
}

function checkDraft(draft: Draft, platform: string): void {
  assert.is(draft.platform, platform)
  assert.ok(new RegExp(`^${platform}:[^\\s]+$`).test(draft.id), draft.id)
  assert.ok(draft.id.length < 400, draft.id)
  assert.ok(Number.isSafeInteger(draft.at) && draft.at > 0, `at is ${draft.at}`)
  assert.is(draft.receivedAt, CONTEXT.receivedAt)
  if (draft.kind === 'message') {
    checkAuthor(draft.author)
    checkParts(draft.parts, draft.text)
  }
  if (draft.kind === 'notice') {
    checkShown(draft.text)
    assert.is.not(draft.text.trim(), '')
    if (draft.author) checkAuthor(draft.author)
    if (draft.parts) checkParts(draft.parts, draft.parts.map((part) => part.text).join(''))
  }
  if (draft.kind === 'remove' && 'id' in draft.target) assert.is.not(draft.id, draft.target.id)
  if ('money' in draft && draft.money) assert.ok(Number.isFinite(draft.money.amount) && draft.money.amount >= 0)
  assert.equal(JSON.parse(JSON.stringify(draft)), draft, 'nothing undefined, nothing that JSON cannot carry')
}

function checkAuthor(author: Author): void {
  assert.is.not(author.id, '')
  assert.is.not(author.name.trim(), '')
  for (const text of [author.name, author.login ?? '', ...author.badges.map((badge) => badge.label)]) checkShown(text)
  if (author.color !== undefined) assert.match(author.color, /^#[0-9a-f]{6}$/)
  for (const url of [author.avatar, ...author.badges.map((badge) => badge.image)]) checkImage(url)
  assert.is(new Set(author.roles).size, author.roles.length)
}

function checkParts(parts: Part[], text: string): void {
  assert.is(parts.map((part) => part.text).join(''), text)
  for (const part of parts) {
    assert.is.not(part.text, '')
    checkShown(part.text)
    if (part.type === 'emote') checkImage(part.url)
    if (part.type === 'link') assert.match(part.url, /^https?:\/\//)
  }
}

const UNSHOWABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{M}{5}/u

function checkShown(text: string): void {
  assert.not.match(text, UNSHOWABLE)
  assert.ok(text.isWellFormed() && text.length <= 4_500, `${text.length} characters`)
}

function checkImage(url: string | undefined): void {
  if (url !== undefined)
    assert.match(
      url,
      /^https:\/\/[a-z0-9.-]+\.(ggpht|googleusercontent|gstatic|ytimg|kick|jtvnw)\.(com|net)\/|^https:\/\/kick\.com\//,
    )
}

/** Text and values that have no business where they turn up. */
const HOSTILE: readonly [unknown, ...unknown[]] = [
  null,
  '',
  ' ',
  0,
  -1,
  1e308,
  true,
  [],
  {},
  // Text and number of it cannot be had: String() and Number() throw.
  { toString: 1 },
  [[]],
  '\u0000\u202e<img src=x onerror=alert(1)>\ud800',
  `z${'\u0301'.repeat(50)}`,
  'x'.repeat(3_000),
  '\u{e0000}\u200b',
  'javascript:alert(1)',
  '0001-01-01T00:00:00Z',
  '9'.repeat(400),
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
]

/** The value with some fields, at any depth, left out or replaced by what does not belong there. */
export function damaged(value: unknown, random: () => number): unknown {
  if (random() < 0.06) return pick(random, HOSTILE)
  if (Array.isArray(value)) return value.map((entry) => damaged(entry, random))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(() => random() > 0.04)
  const entries = kept.map(([name, field]) => [random() < 0.02 ? '__proto__' : name, damaged(field, random)])
  return Object.fromEntries(entries)
}
