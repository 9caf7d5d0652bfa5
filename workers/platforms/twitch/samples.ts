import { createHash } from 'node:crypto'
import type { Role } from '../../message.ts'
import type { Pushed, SampleFields, SampleKind } from '../platform.ts'
import { escapeTag } from './irc.ts'

/** The kinds of simulated message that have a shape on Twitch. */
export const SAMPLES: SampleKind[] = [
  'message',
  'action',
  'reply',
  'first',
  'sub',
  'resub',
  'gift',
  'raid',
  'cheer',
  'announcement',
]

type Tags = [key: string, value: string][]

/** One line as Twitch would send it. A kind that Twitch does not have becomes a plain message. */
export function sample(fields: SampleFields): Pushed {
  const who = visitor(fields.name)
  const line = USERNOTICES.has(fields.kind) ? userNoticeLine(fields, who) : privmsgLine(fields, who)
  return { body: `${line}\r\n`, headers: { 'content-type': 'text/plain; charset=utf-8' } }
}

const USERNOTICES = new Set<SampleKind>(['sub', 'resub', 'gift', 'raid', 'announcement'])
const CHANNEL = '#simulated_channel'
const ROOM_ID = '2002'
const PARENT = { id: '1003', login: 'nova_sample', name: 'Nova_Sample', words: 'What are you playing today?' }
const RECIPIENT = { id: '1004', login: 'juniper_sample', name: 'Juniper_Sample' }

interface Visitor {
  login: string
  display: string
  userId: string
}

/** The same name is always the same person. A name that cannot be a login is shown by `display-name`, as Twitch does. */
function visitor(name: string): Visitor {
  const display = oneLine(name)
  const number = createHash('sha256').update(display).digest().readUInt32BE(0)
  const login = /^\w{1,25}$/.test(display) ? display.toLowerCase() : `viewer_${number}`
  return { login, display, userId: String(900_000_000 + (number % 100_000_000)) }
}

/** Neither a line break nor a NUL nor the frame of an action may stand in a line's text. */
function oneLine(text: string): string {
  return Array.from(text.toWellFormed(), (char) => (BREAKS.has(char) ? ' ' : char)).join('')
}
const BREAKS = new Set(['\r', '\n', '\0', '\x01'])

function privmsgLine(fields: SampleFields, who: Visitor): string {
  const bits = fields.kind === 'cheer' ? amountOf(fields, 100) : 0
  const text = `${bits > 0 ? `Cheer${bits} ` : ''}${oneLine(fields.text)}`.trimEnd()
  const said = fields.kind === 'reply' ? `@${PARENT.name} ${text}` : text
  const tags = [...personTags(fields, who), ['emotes', emotesTag(said)] satisfies Tags[number]]
  if (bits > 0) tags.push(['bits', String(bits)])
  tags.push(['first-msg', fields.kind === 'first' ? '1' : '0'])
  if (fields.kind === 'reply') tags.push(...replyTags(fields))
  const framed = fields.kind === 'action' ? `\x01ACTION ${said}\x01` : said
  const { login } = who
  return `${tagText(tags)} :${login}!${login}@${login}.tmi.twitch.tv PRIVMSG ${CHANNEL} :${framed}`
}

function replyTags(fields: SampleFields): Tags {
  const parent = `${fields.id}-parent`
  return [
    ['reply-parent-msg-id', parent],
    ['reply-parent-user-id', PARENT.id],
    ['reply-parent-user-login', PARENT.login],
    ['reply-parent-display-name', PARENT.name],
    ['reply-parent-msg-body', PARENT.words],
    ['reply-thread-parent-msg-id', parent],
    ['reply-thread-parent-user-login', PARENT.login],
  ]
}

function userNoticeLine(fields: SampleFields, who: Visitor): string {
  const { system, params } = news(fields, who)
  const said = fields.kind === 'raid' || fields.kind === 'gift' ? '' : oneLine(fields.text).trimEnd()
  const tags: Tags = [
    ...personTags(fields, who),
    ['emotes', emotesTag(said)],
    ['login', who.login],
    ['system-msg', system],
    ...params,
  ]
  return `${tagText(tags)} :tmi.twitch.tv USERNOTICE ${CHANNEL}${said === '' ? '' : ` :${said}`}`
}

interface News {
  system: string
  params: Tags
}

function news(fields: SampleFields, { display, login }: Visitor): News {
  switch (fields.kind) {
    case 'resub':
      return resubNews(display, amountOf(fields, 6))
    case 'gift':
      return giftNews(display, amountOf(fields, 1))
    case 'raid':
      return raidNews(display, login, amountOf(fields, 25))
    case 'announcement':
      return {
        system: '',
        params: [
          ['msg-id', 'announcement'],
          ['msg-param-color', 'PRIMARY'],
        ],
      }
    default:
      return {
        system: `${display} subscribed at Tier 1.`,
        params: [
          ['msg-id', 'sub'],
          ['msg-param-cumulative-months', '1'],
          ['msg-param-sub-plan', '1000'],
        ],
      }
  }
}

function resubNews(display: string, months: number): News {
  return {
    system: `${display} subscribed at Tier 1. They've subscribed for ${months} months!`,
    params: [
      ['msg-id', 'resub'],
      ['msg-param-cumulative-months', String(months)],
      ['msg-param-should-share-streak', '0'],
      ['msg-param-sub-plan', '1000'],
    ],
  }
}

function giftNews(display: string, count: number): News {
  if (count > 1) {
    return {
      system: `${display} is gifting ${count} Tier 1 Subs to the community!`,
      params: [
        ['msg-id', 'submysterygift'],
        ['msg-param-mass-gift-count', String(count)],
        ['msg-param-sub-plan', '1000'],
      ],
    }
  }
  return {
    system: `${display} gifted a Tier 1 sub to ${RECIPIENT.name}!`,
    params: [
      ['msg-id', 'subgift'],
      ['msg-param-months', '1'],
      ['msg-param-recipient-display-name', RECIPIENT.name],
      ['msg-param-recipient-id', RECIPIENT.id],
      ['msg-param-recipient-user-name', RECIPIENT.login],
      ['msg-param-sub-plan', '1000'],
    ],
  }
}

function raidNews(display: string, login: string, viewers: number): News {
  return {
    system: `${viewers} raiders from ${display} have joined!`,
    params: [
      ['msg-id', 'raid'],
      ['msg-param-displayName', display],
      ['msg-param-login', login],
      ['msg-param-viewerCount', String(viewers)],
    ],
  }
}

function amountOf({ amount }: SampleFields, otherwise: number): number {
  return amount !== undefined && Number.isSafeInteger(amount) && amount > 0 ? Math.min(amount, 1_000_000) : otherwise
}

const BADGES: [Role, string][] = [
  ['owner', 'broadcaster/1'],
  ['staff', 'staff/1'],
  ['mod', 'moderator/1'],
  ['vip', 'vip/1'],
  ['sub', 'subscriber/6'],
  ['verified', 'partner/1'],
  ['bot', 'bot-badge/1'],
]

function personTags(fields: SampleFields, who: Visitor): Tags {
  const { roles } = fields
  const has = (role: Role) => (roles.includes(role) ? '1' : '0')
  const badges = BADGES.filter(([role]) => roles.includes(role)).map(([, badge]) => badge)
  return [
    ['badge-info', roles.includes('sub') ? 'subscriber/6' : ''],
    ['badges', badges.join(',')],
    ['color', fields.color ?? ''],
    ['display-name', who.display],
    ['flags', ''],
    ['id', fields.id],
    ['mod', has('mod')],
    ['room-id', ROOM_ID],
    ['subscriber', has('sub')],
    ['tmi-sent-ts', String(Math.trunc(fields.at))],
    ['user-id', who.userId],
    ['user-type', roles.includes('staff') ? 'staff' : roles.includes('mod') ? 'mod' : ''],
    ['vip', has('vip')],
  ]
}

function tagText(tags: Tags): string {
  return `@${tags.map(([key, value]) => `${key}=${escapeTag(value)}`).join(';')}`
}

/** Emotes that everyone has, by Twitch's ids. */
const EMOTES = new Map([
  ['Kappa', '25'],
  ['PogChamp', '305954156'],
  ['LUL', '425618'],
  ['Keepo', '1902'],
  ['Kreygasm', '41'],
  ['TriHard', '120232'],
  ['4Head', '354'],
  ['NotLikeThis', '58765'],
  ['SeemsGood', '64138'],
  ['BibleThump', '86'],
  ['HeyGuys', '30259'],
  ['VoHiYo', '81274'],
  ['PJSalt', '36'],
  ['DansGame', '33'],
  ['ResidentSleeper', '245'],
  ['WutFace', '28087'],
  ['<3', '9'],
  [':)', '1'],
])

/** The tag `emotes` of a text: `id:first-last,…/id2:…`, in code points, the end inclusive. */
function emotesTag(text: string): string {
  const ranges = new Map<string, string[]>()
  let at = 0
  for (const word of text.split(' ')) {
    const length = Array.from(word).length
    const id = EMOTES.get(word)
    if (id !== undefined) ranges.set(id, [...(ranges.get(id) ?? []), `${at}-${at + length - 1}`])
    at += length + 1
  }
  return Array.from(ranges, ([id, list]) => `${id}:${list.join(',')}`).join('/')
}
