import type { ChatEvent } from '../../server/protocol.ts'
import { message, notice } from './samples.ts'

/** Rows that a theme has to carry: every kind, long names and words, several scripts, money, a raid. All names are invented. */

type Author = Extract<ChatEvent, { kind: 'message' }>['author']
type Part = Extract<ChatEvent, { kind: 'message' }>['parts'][number]

export const AVATAR = 'https://files.kick.com/images/user/1/profile_image/picture.webp'
export const EMOTE_HOST = 'https://cdn.7tv.app/emote'

export function person(name: string, color?: string, roles: Author['roles'] = [], more: Partial<Author> = {}): Author {
  return { id: `id-${name}`, name, roles, badges: [], ...(color === undefined ? {} : { color }), ...more }
}

export const emote = (text: string): Part => ({
  ...{ type: 'emote', text, id: text, provider: '7tv' },
  url: `${EMOTE_HOST}/${text}/3x.webp`,
})
export const words = (text: string): Part => ({ type: 'text', text })

/** Oldest first. */
export function cast(): ChatEvent[] {
  const arabic = 'مساء الخير من المغرب، هذه أجمل لعبة شاهدتها هذا العام'
  const youtube = { platform: 'youtube' }
  const kick = { platform: 'kick' }
  return [
    message('old', { author: person('nightowl', '#0000ff', ['mod']), text: 'timestamps are in the description' }),
    message('reply', {
      ...youtube,
      author: person('Lena'),
      text: 'the second ledge has a hidden rope',
      reply: { id: 'q', author: 'kiteflyer', text: 'How long have you been playing this? I keep falling' },
    }),
    message('long', {
      author: person('averyveryverylongusername_that_goes_on', '#daa520', ['vip', 'sub']),
      text: 'that jump was unreal, do it again and again until the whole tower falls',
    }),
    message('arabic', { ...youtube, author: person('عمر'), text: arabic }),
    notice('raid', 'raid', 'lofi_lighthouse is raiding with 248 viewers', {
      author: person('lofi_lighthouse', '#1e90ff'),
    }),
    message('japanese', {
      ...kick,
      author: person('日本語ユーザー'),
      text: '配信ありがとうございます。今日も楽しみにしていました!',
    }),
    message('super', {
      ...youtube,
      author: person('Jonas Bergström'),
      text: 'Took the whole evening off for this. Worth it!',
      money: { kind: 'superchat', amount: 20, currency: 'EUR', display: '€20.00', tier: 4 },
    }),
    message('emotes', {
      ...kick,
      author: person('dustbunny', '#53d0ff'),
      parts: [emote('Hype'), words(' '), emote('Hype')],
    }),
    message('mod', { ...kick, author: person('mod_sam', '#008000', ['mod']), parts: [words('gg wp '), emote('Glee')] }),
    message('owner', {
      author: person('the_real_host', '#ff4500', ['owner']),
      text: 'Welcome raiders! Right before the boss',
    }),
  ]
}
