import type { Panel } from '../panel.ts'
import { ADDRESSES, COLORS, WORDS } from './words.ts'

/** The corpus as platforms would send it, pushed in at the producers' door. */

let made = 0
const next = () => `h-${made++}`
const AT = '2026-05-01T18:00:01Z'

interface Push {
  platform: string
  body: unknown
  headers?: Record<string, string>
}

/** What a platform's reader refuses or leaves out is fine. */
const TAKEN = [202, 400]

/** All of it, each with the pushes that belong together. */
export function hostilePushes(): Push[][] {
  return [...WORDS.map(withWords), ...COLORS.map(withColor), ...ADDRESSES.map(withAddress)]
}

export async function push(panel: Panel, pushes: readonly Push[]): Promise<void> {
  for (const { platform, body, headers } of pushes) {
    const answer = await panel.call('POST', `/api/producers/${platform}`, body, headers)
    if (!TAKEN.includes(answer.status)) throw new Error(`${platform} answered ${answer.status}: ${await answer.text()}`)
  }
}

const irc = (...lines: string[]): Push => ({
  platform: 'twitch',
  body: lines.join('\r\n'),
  headers: { 'Content-Type': 'text/plain' },
})
const kickHook = (given: Given): Push => ({
  platform: 'kick',
  body: kickBody(given),
  headers: { 'Kick-Event-Type': 'chat.message.sent' },
})
const youtube = (...body: object[]): Push => ({ platform: 'youtube', body })

const withWords = (words: string): Push[] => [
  irc(...twitchLines(words)),
  youtube(...youtubeResources(words), youtubeAction({ words })),
  kickHook({ words }),
]
const withColor = (color: string): Push[] => [irc(twitchLine({ color, text: 'in what colour' })), kickHook({ color })]
const withAddress = (address: string): Push[] => [
  youtube(resource({ address }), youtubeAction({ address })),
  kickHook({ address }),
  { platform: 'kick', body: kickFrame(address) },
  irc(twitchLine({ emotes: `${address}:0-1`, text: 'in what place' })),
]

/** A tag's value as IRC writes it. */
const escaped = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\:')
    .replaceAll(' ', '\\s')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
const oneLine = (text: string) => text.replace(/[\r\n]/g, ' ')

function twitchLine({ text, ...tags }: { text: string } & Record<string, string>): string {
  const all = {
    ...{ 'badge-info': '', badges: '', color: '', 'display-name': 'Noodle_Knight', emotes: '', id: next() },
    ...{ 'room-id': '2002', 'tmi-sent-ts': '1700000000000', 'user-id': '1001', ...tags },
  }
  const written = Object.entries(all).map(([name, value]) => `${name}=${escaped(value)}`)
  return `@${written.join(';')} :noodle_knight!noodle_knight@noodle_knight.tmi.twitch.tv PRIVMSG #cool_channel :${oneLine(text)}`
}

function twitchLines(words: string): string[] {
  const reply = { 'reply-parent-msg-id': 'p', 'reply-parent-display-name': words, 'reply-parent-msg-body': words }
  const said = twitchLine({ text: words, 'display-name': words, ...reply })
  const worn = twitchLine({ text: 'badges', badges: `${words}/1`, 'badge-info': `${words}/9` })
  const cheer = twitchLine({ text: `cheer100 ${words}`, bits: '100' })
  const action = twitchLine({ text: `\u0001ACTION ${words}\u0001` })
  const notice = twitchLine({ text: words, 'msg-id': 'resub', 'system-msg': words, login: 'noodle_knight' })
    .replace(' PRIVMSG ', ' USERNOTICE ')
    .replace(/ :noodle_knight!\S+/, ' :tmi.twitch.tv')
  return [said, worn, cheer, action, notice]
}

interface Given {
  words?: string
  address?: string
  color?: string
}

function resource({ words = 'hello', address = '' }: Given, snippet: object = {}) {
  return {
    kind: 'youtube#liveChatMessage',
    id: next(),
    snippet: {
      ...{ type: 'textMessageEvent', publishedAt: AT, displayMessage: words, authorChannelId: 'UCinvented' },
      textMessageDetails: { messageText: words },
      ...snippet,
    },
    authorDetails: { channelId: 'UCinvented', displayName: words, profileImageUrl: address, isVerified: true },
  }
}

function youtubeResources(words: string) {
  const paid = {
    type: 'superChatEvent',
    superChatDetails: {
      ...{ amountMicros: '5000000', currency: words, amountDisplayString: words, userComment: words, tier: 4 },
    },
  }
  const member = { type: 'newSponsorEvent', newSponsorDetails: { memberLevelName: words } }
  return [resource({ words }), resource({ words }, paid), resource({ words }, member)]
}

function youtubeAction({ words = 'hello', address = 'https://yt3.ggpht.com/a' }: Given) {
  const image = { thumbnails: [{ url: address, width: 48 }], accessibility: { accessibilityData: { label: words } } }
  const badge = { liveChatAuthorBadgeRenderer: { customThumbnail: image, tooltip: words } }
  const emoji = { emojiId: words, shortcuts: [words], isCustomEmoji: true, image }
  const link = { text: words, navigationEndpoint: { urlEndpoint: { url: address } } }
  const renderer = {
    ...{ id: next(), timestampUsec: '1700000000000000', authorExternalChannelId: 'UCinvented' },
    ...{ authorName: { simpleText: words }, authorPhoto: image, authorBadges: [badge] },
    message: { runs: [{ text: words }, { emoji }, link] },
  }
  return { addChatItemAction: { item: { liveChatTextMessageRenderer: renderer } } }
}

function kickBody({ words = 'hello', address = '', color = '#ff0000' }: Given) {
  const badges = [{ text: words, type: words, count: 1 }]
  const badgesV2 = [{ name: words, image_url: address, selected: true }]
  const identity = { username_color: color, badges, badges_v2: badgesV2 }
  const sender = { user_id: 1001, username: words, channel_slug: words, profile_picture: address, identity }
  return {
    ...{ message_id: next(), broadcaster: { user_id: 1 }, sender, created_at: AT },
    content: `${words} [emote:${words}:${words}] [emote:../../${address}:x]`,
    replies_to: { message_id: 'p', content: words, sender },
  }
}

function kickFrame(address: string) {
  const { message_id: id, sender: from, content, created_at } = kickBody({ address })
  const sender = { id: 1001, username: 'Harbor_Light', slug: 'harbor-light', identity: from.identity }
  const data = { id, content, created_at, type: 'message', sender: { ...sender, profile_picture: address } }
  return { event: 'App\\Events\\ChatMessageEvent', channel: 'chatrooms.5.v2', data: JSON.stringify(data) }
}
