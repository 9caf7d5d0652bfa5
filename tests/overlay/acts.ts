import type { ChatEvent } from '../../server/protocol.ts'
import { AVATAR, emote, person, words } from './cast.ts'
import { message, notice } from './samples.ts'

/** What a full canvas has to carry, in acts that each fill a column. All names are invented. */

export type Act = 'talk' | 'letters' | 'news' | 'emotes'
export const acts: readonly Act[] = ['talk', 'letters', 'news', 'emotes']

const youtube = { platform: 'youtube' }
const kick = { platform: 'kick' }
const LONG_WORD = 'Llanfair'.padEnd(300, 'pwllgwyngyll')
const over = (text: string) => ({ ...emote(text), zeroWidth: true as const })

/** Oldest first. */
export const SCENES: Readonly<Record<Act, () => ChatEvent[]>> = { talk, letters, news, emotes }

/** The message that the streamer holds up in the act, if any. */
export const FEATURED: Readonly<Partial<Record<Act, string>>> = { talk: 'held-up' }

function talk(): ChatEvent[] {
  return [
    message('plain', { author: person('nightowl', '#0000ff', ['mod']), text: 'timestamps are in the description' }),
    message('first', { ...kick, author: person('quietstorm', '#b22222'), text: 'hi, new here', first: true }),
    message('held-up', { ...youtube, author: person('Marta Kowalczyk'), text: 'What was your first game ever?' }),
    message('reply', {
      ...youtube,
      author: person('Lena'),
      text: 'the second ledge has a hidden rope',
      reply: { id: 'q', author: 'kiteflyer', text: 'How long have you been playing this? I keep falling off it' },
    }),
    message('action', {
      author: person('harborlight', '#daa520', ['vip', 'sub']),
      text: 'does a very slow clap',
      action: true,
    }),
    message('mention', {
      ...kick,
      author: person('mod_sam', '#008000', ['mod']),
      parts: [{ type: 'mention', text: '@cool_channel' }, words(' your mic is a bit low')],
      text: '@cool_channel your mic is a bit low',
    }),
    message('many', {
      author: person('averyveryverylongusername_that_goes_on', '#8a2be2', ['mod', 'vip', 'sub'], { avatar: AVATAR }),
      text: 'that jump was unreal, do it again and again until the whole tower falls',
    }),
    message('short', { ...kick, author: person('Cy'), text: 'k' }),
    message('highlight', { author: person('Tomás', '#7fd1ae'), text: 'look at the left door', highlighted: true }),
    message('last', { author: person('the_real_host', '#ff4500', ['owner']), text: 'Welcome! Right before the boss' }),
  ]
}

function letters(): ChatEvent[] {
  return [
    message('word', { author: person('Lena', '#ff9d00'), text: LONG_WORD }),
    message('arabic', {
      ...youtube,
      author: person('عمر', undefined, ['mod']),
      text: 'مساء الخير من المغرب، هذه أجمل لعبة شاهدتها هذا العام',
    }),
    message('mixed', { ...kick, author: person('שירה'), text: 'איזה משחק מדהים, PixelPanda! אני חוזרת מחר (20:30)' }),
    message('japanese', {
      ...kick,
      author: person('日本語ユーザー', undefined, ['sub']),
      text: '配信ありがとうございます。今日も楽しみにしていました!',
    }),
    message('cyrillic', {
      ...youtube,
      author: person('Анна Петрова'),
      text: 'Привет из Самары! Отличный звук сегодня',
    }),
    message('descends', { author: person('jpgqy_Ågjy', '#c9a0ff', ['vip']), text: 'ÅÉÎ jumpy gypsy quay, fix jetty' }),
    message('loud', { ...youtube, author: person('greenbean_77', '#75fd46'), text: 'GG WP!!! 🇧🇷 👩🏽‍🚀 ❤️' }),
  ]
}

function news(): ChatEvent[] {
  const raider = person('lofi_lighthouse', '#1e90ff')
  return [
    notice('announcement', 'announcement', 'mod_sam made an announcement.', {
      author: person('mod_sam', '#008000', ['mod']),
      parts: [words('Next break in ten minutes. Stretch, drink some water.')],
    }),
    notice('sub', 'sub', 'amberlynx subscribed at Tier 1. They have subscribed for 14 months!', {
      author: person('amberlynx', '#8a2be2', ['sub']),
      parts: [words('best corner of the internet '), emote('Glee')],
    }),
    notice('gift', 'gift', 'maplemoose gifted 5 subs to the community', { author: person('maplemoose', '#e6d94a') }),
    notice('follow', 'follow', 'tofu_tuesday followed', { ...kick, author: person('tofu_tuesday') }),
    message('cheer', {
      author: person('bitbadger', '#f4b8ff', ['sub']),
      parts: [{ type: 'cheer', text: 'Cheer500', bits: 500 }, words(' what a save')],
      text: 'Cheer500 what a save',
      money: { kind: 'bits', amount: 500, display: '500 bits', tier: 2 },
    }),
    message('superchat', {
      ...youtube,
      author: person('Jonas Bergström'),
      text: 'Took the whole evening off for this. Worth it!',
      money: { kind: 'superchat', amount: 20, currency: 'EUR', display: '€20.00', tier: 4 },
    }),
    message('sticker', {
      ...youtube,
      author: person('Yuki'),
      text: '',
      parts: [emote('Wave')],
      money: { kind: 'sticker', amount: 500, currency: 'JPY', display: '¥500', tier: 6 },
    }),
    notice('raid', 'raid', 'lofi_lighthouse is raiding with 1,248 viewers', { author: raider }),
  ]
}

function emotes(): ChatEvent[] {
  return [
    message('inside', {
      author: person('PixelPanda', '#ff69b4', ['sub']),
      parts: [
        words('that jump '),
        emote('Hype'),
        words(' was unreal, do it again '),
        emote('Glee'),
        words(' and again until the tower '),
        emote('Hype'),
        words(' falls'),
      ],
      text: 'that jump was unreal',
    }),
    message('wide', {
      author: person('kiteflyer', '#ff9d00'),
      parts: [emote('Wide'), words(' so wide '), emote('Wide')],
    }),
    message('stacked', {
      ...kick,
      author: person('sparrow', '#c9a0ff', ['vip']),
      parts: [words('look '), emote('Hype'), words(' '), over('Frame'), words(' at '), emote('Wide'), over('Frame')],
    }),
    message('alone', { ...kick, author: person('dustbunny', '#53d0ff'), parts: [emote('Hype')] }),
    message('row', {
      ...youtube,
      author: person('小雨'),
      parts: Array.from({ length: 9 }, () => [emote('Hype'), words(' ')]).flat(),
    }),
    message('alone-stacked', {
      author: person('Fi'),
      parts: [emote('Hype'), over('Frame'), words(' '), emote('Glee')],
    }),
    message('wall', {
      author: person('raidparty', '#ff4500'),
      parts: Array.from({ length: 26 }, () => [emote('Glee'), words(' ')]).flat(),
    }),
    message('after', { ...youtube, author: person('Bo'), text: 'one more try, one more try' }),
  ]
}

/** More than a picture holds. */
export function crowd(): ChatEvent[] {
  const said = [
    'one more try',
    'that jump was unreal, do it again and again until the tower falls',
    'gg',
    'no spoilers',
  ]
  const people = [
    person('kiteflyer', '#ff9d00'),
    person('Lena'),
    person('dustbunny', '#53d0ff'),
    person('mod_sam', '#008000', ['mod']),
  ]
  return Array.from({ length: 30 }, (_, i) =>
    message(`crowd-${i}`, {
      ...[{}, youtube, kick][i % 3],
      author: people[i % 4] ?? person('Bo'),
      text: said[i % 4] ?? '',
    }),
  )
}
