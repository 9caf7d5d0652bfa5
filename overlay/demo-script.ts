import gg from './emotes/gg.svg'
import glee from './emotes/glee.svg'
import heart from './emotes/heart.svg'
import hype from './emotes/hype.svg'
import type { Author, Message, Notice, Part, Role } from './words.ts'

/** What the demo's people say: every script, length and kind of row that a theme has to carry. All names are invented. */

type Unplaced<E> = Omit<E, 'seq' | 'id' | 'platform' | 'at' | 'receivedAt'>

export interface Scene {
  /** Which platform, counted round the ones there are. */
  on: number
  event: Unplaced<Message> | Unplaced<Notice>
}

const EMOTES: Readonly<Record<string, string>> = { ccGlee: glee, ccHeart: heart, ccHype: hype, ccGG: gg }

export const SCRIPT: readonly [Scene, ...Scene[]] = [
  say(0, person('PixelPanda', '#ff69b4', 'sub'), 'Welcome in everyone! Grab a snack ccHeart'),
  say(1, person('Marta Kowalczyk', undefined, 'sub'), 'that jump was unreal, do it again ccGlee ccGlee'),
  say(2, person('greenbean_77', '#75fd46', 'vip'), 'gg wp'),
  say(0, person('nightowl', '#0000ff', 'mod'), '@PixelPanda timestamps are in the description'),
  say(1, person('日本語ユーザー'), 'こんにちは!配信ありがとうございます。今日も楽しみにしていました'),
  say(
    2,
    person('kiteflyer', '#ff9d00'),
    'How long have you been playing this? I only started last week and I keep falling off the same ledge',
  ),
  report(
    0,
    'sub',
    person('amberlynx', '#8a2be2', 'sub'),
    'amberlynx subscribed at Tier 1. They have subscribed for 14 months!',
    'best corner of the internet ccHeart',
  ),
  say(1, person('عمر'), 'مرحبا من المغرب! شكرا على البث الجميل، أتابعكم كل ليلة 🇲🇦'),
  say(2, person('mod_sam', '#008000', 'mod'), 'Reminder: no spoilers please. https://example.com/rules'),
  say(0, person('quietstorm', '#b22222'), 'first time catching you live', { first: true }),
  pay(1, person('Jonas Bergström'), 'Took the whole evening off for this. Worth it!', '€20.00', 20),
  say(2, person('dustbunny', '#53d0ff'), 'ccHype ccHype ccHype'),
  say(
    0,
    person('averyveryverylongusername_that_goes_on'),
    'Supercalifragilisticexpialidociousverylongwordwithoutspaces',
  ),
  answer(1, person('Lena'), 'the second ledge has a hidden rope', 'kiteflyer', 'How long have you been playing this?'),
  report(2, 'follow', person('tofu_tuesday'), 'tofu_tuesday followed'),
  say(0, person('harborlight', '#daa520', 'vip', 'sub'), 'does a very slow clap', { action: true }),
  say(1, person('Анна Петрова'), 'Привет из Самары! Отличный звук сегодня'),
  report(0, 'raid', person('lofi_lighthouse', '#1e90ff'), 'lofi_lighthouse is raiding with 248 viewers'),
  say(2, person('raidparty'), 'RAID ccHype ccHype ccHype'),
  say(0, person('the_real_host', '#ff4500', 'owner'), 'Welcome raiders! You arrived right before the boss'),
  say(1, person('שירה'), 'איזה משחק מדהים'),
  report(2, 'gift', person('maplemoose', '#e6d94a', 'sub'), 'maplemoose gifted 5 subs to the community'),
  say(0, person('coffeefirst', '#2e8b57'), 'one more try, one more try, one more try'),
  report(
    1,
    'announcement',
    person('mod_sam', '#008000', 'mod'),
    'mod_sam made an announcement.',
    'Next break in ten minutes. Stretch, drink some water.',
  ),
  cheer(0, person('bitbadger', '#f4b8ff', 'sub'), 'Cheer500 what a save', 500),
  say(2, person('小雨'), '今天的操作太帅了 ccGlee'),
  sticker(1, person('Yuki'), 'A shiba waving', '¥500', 500, 2),
  say(0, person('flagbearer', '#7fd1ae'), 'hello from 🇧🇷 🇰🇷 🏴‍☠️ and 👩🏽‍🚀'),
  say(1, person('Tomás'), 'pay attention to the left door', { highlighted: true }),
  say(0, person('sparrow', '#c9a0ff'), 'ccGG'),
]

export function say(on: number, author: Author, text: string, more: Partial<Message> = {}): Scene {
  return { on, event: { kind: 'message', author, parts: parts(text), text, ...more } }
}

function answer(on: number, author: Author, text: string, to: string, quoted: string): Scene {
  return say(on, author, text, { reply: { id: `demo-${to}`, author: to, text: quoted } })
}

export function pay(on: number, author: Author, text: string, display: string, amount: number): Scene {
  return say(on, author, text, { money: { kind: 'superchat', amount, currency: 'EUR', display, tier: 4 } })
}

function cheer(on: number, author: Author, text: string, bits: number): Scene {
  const money = { kind: 'bits', amount: bits, display: `${bits} bits` } as const
  return say(on, author, text, { money })
}

function sticker(on: number, author: Author, text: string, display: string, amount: number, tier: number): Scene {
  return say(on, author, text, { money: { kind: 'sticker', amount, currency: 'JPY', display, tier } })
}

export function report(on: number, what: Notice['what'], author: Author, text: string, words?: string): Scene {
  return { on, event: { kind: 'notice', what, author, text, ...(words === undefined ? {} : { parts: parts(words) }) } }
}

export function person(name: string, color?: string, ...roles: Role[]): Author {
  return { id: `demo-${name}`, name, roles, badges: [], ...(color === undefined ? {} : { color }) }
}

function parts(text: string): Part[] {
  return text.split(/(\s+)/).map(toPart)
}

function toPart(word: string): Part {
  const url = EMOTES[word]
  if (url !== undefined) return { type: 'emote', text: word, id: word, provider: 'demo', url }
  if (word.startsWith('@')) return { type: 'mention', text: word }
  if (word.startsWith('https://')) return { type: 'link', text: word, url: word }
  return { type: 'text', text: word }
}
