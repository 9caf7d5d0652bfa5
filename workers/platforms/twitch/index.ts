import type { About, Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { pictures } from './pictures.ts'
import { read } from './read.ts'
import { SAMPLES, sample } from './samples.ts'
import { verifier } from './verify.ts'

const about: About = {
  id: 'twitch',
  label: 'Twitch',
  color: '#9146ff',
  glyph: '#ffffff',
  ink: { dark: '#b794ff', light: '#6a2bd9' },
  mark: 'M11.571 4.714h1.715v5.143H11.57zm4.715 0H18v5.143h-1.714zM6 0L1.714 4.286v15.428h5.143V24l4.286-4.286h3.428L22.286 12V0zm14.571 11.143l-3.428 3.428h-3.429l-3 3v-3H6.857V1.714h13.714Z',
  profile: 'https://www.twitch.tv/{login}',
  source: {
    label: 'Channel name',
    placeholder: 'your_channel',
    hint: 'It is the last part of twitch.tv/…; no account and no key is needed to read it.',
    fields: [
      {
        name: 'secret',
        kind: 'secret',
        letters: { least: 10, most: 100 },
        label: 'EventSub secret',
        hint: 'Only for signed deliveries: the secret that your EventSub subscriptions were made with, 10 to 100 letters.',
      },
    ],
    hook: 'Takes Twitch EventSub webhooks, which also tell of follows and of when you go live: subscribe with this address as the callback.',
    broadcasts: true,
  },
  samples: SAMPLES,
}

/** Twitch: chat over IRC, chat and news over EventSub (webhook or WebSocket). */
export const twitch: Platform = {
  about,
  read,
  normalise,
  sample,
  nameOf,
  connector,
  verifier,
  emoteService: 'twitch',
  pictures,
}
