import type { Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { SAMPLE_KINDS, sample } from './samples.ts'

export const youtube: Platform = {
  about: {
    id: 'youtube',
    label: 'YouTube',
    color: '#e60000',
    glyph: '#ffffff',
    ink: { dark: '#ff7a70', light: '#c4001a' },
    // simple-icons 16, CC0-1.0
    mark: 'M23.498 6.186a3.016 3.016 0 0 0-2.122-2.136C19.505 3.545 12 3.545 12 3.545s-7.505 0-9.377.505A3.017 3.017 0 0 0 .502 6.186C0 8.07 0 12 0 12s0 3.93.502 5.814a3.016 3.016 0 0 0 2.122 2.136c1.871.505 9.376.505 9.376.505s7.505 0 9.377-.505a3.015 3.015 0 0 0 2.122-2.136C24 15.93 24 12 24 12s0-3.93-.502-5.814zM9.545 15.568V8.432L15.818 12l-6.273 3.568z',
    profile: 'https://www.youtube.com/channel/{id}',
    source: {
      label: 'Channel, handle or video address',
      placeholder: '@yourchannel',
      hint: 'Without an API key the chat is read as the web page reads it. That way is unofficial and may stop working any day.',
      fields: [
        {
          name: 'apiKey',
          kind: 'secret',
          label: 'API key',
          hint: 'The official way: a key of the “YouTube Data API v3” from the Google Cloud console.',
        },
        {
          name: 'topChat',
          kind: 'switch',
          label: 'Top chat only',
          hint: 'Without an API key: what YouTube thinks is best, instead of everything.',
        },
      ],
      broadcasts: true,
    },
    samples: SAMPLE_KINDS,
  },
  read,
  normalise,
  sample,
  nameOf,
  connector,
  emoteService: 'youtube',
}
