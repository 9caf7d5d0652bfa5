import type { About, Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { SAMPLE_KINDS, sample } from './samples.ts'
import { verifier } from './verify.ts'

const SOURCE: About['source'] = {
  label: 'Channel name',
  placeholder: 'yourchannel',
  hint: 'The name alone is not enough at Kick: read its website’s socket, or let an app of yours send the chat here.',
  fields: [
    {
      name: 'socket',
      kind: 'switch',
      upfront: true,
      label: 'Read the website’s socket (unofficial)',
      hint: 'It needs no app and tells of deleted messages. Kick does not support it and may close it. Without it, chat comes by webhook: see More settings.',
    },
    {
      name: 'channelId',
      kind: 'text',
      label: 'Channel id',
      hint: 'Only for the unofficial socket, and only if Kick blocks the look-up: "id" at kick.com/api/v2/channels/yourchannel.',
      placeholder: '6006',
    },
    {
      name: 'chatroomId',
      kind: 'text',
      label: 'Chatroom id',
      hint: 'Likewise: "id" inside "chatroom" at the same address.',
      placeholder: '5005',
    },
  ],
  hook: 'The webhook address of your app at kick.com/settings/developer: Kick delivers chat, follows, subs, gifts, Kicks, rewards and bans there.',
  broadcasts: true,
}

export const kick: Platform = {
  about: {
    id: 'kick',
    label: 'Kick',
    color: '#53fc18',
    glyph: '#000000',
    ink: { dark: '#53fc18', light: '#1f7a00' },
    // simple-icons 16, CC0-1.0
    mark: 'M1.333 0h8v5.333H12V2.667h2.667V0h8v8H20v2.667h-2.667v2.666H20V16h2.667v8h-8v-2.667H12v-2.666H9.333V24h-8Z',
    profile: 'https://kick.com/{login}',
    source: SOURCE,
    samples: SAMPLE_KINDS,
  },
  read,
  normalise,
  sample,
  nameOf,
  connector,
  verifier,
  emoteService: 'kick',
}
