import type { Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { SAMPLE_KINDS, sample } from './samples.ts'

export const kick: Platform = {
  about: {
    id: 'kick',
    label: 'Kick',
    color: '#53fc18',
    glyph: '#000000',
    ink: { dark: '#53fc18', light: '#1f7a00' },
    // simple-icons 16, CC0-1.0
    mark: 'M1.333 0h8v5.333H12V2.667h2.667V0h8v8H20v2.667h-2.667v2.666H20V16h2.667v8h-8v-2.667H12v-2.666H9.333V24h-8Z',
    source: { label: 'Channel name', placeholder: 'yourchannel', fields: [], broadcasts: true },
    samples: SAMPLE_KINDS,
  },
  read,
  normalise,
  sample,
  nameOf,
  connector,
  emoteService: 'kick',
}
