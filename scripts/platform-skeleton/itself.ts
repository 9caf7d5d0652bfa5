import { quoted } from './quoted.ts'

export const index = (id: string, label: string): string => `import type { Platform } from '../platform.ts'
import { connector } from './connect.ts'
import { nameOf } from './name.ts'
import { normalise } from './normalise.ts'
import { read } from './read.ts'
import { sample } from './samples.ts'
import { verifier } from './verify.ts'

export const ${id}: Platform = {
  about: {
    id: ${quoted(id)},
    label: ${quoted(label)},
    color: '#444444',
    glyph: '#ffffff',
    ink: { dark: '#bbbbbb', light: '#444444' },
    mark: 'M4 4h16v16H4z',
    profile: '',
    source: {
      label: 'Channel name',
      placeholder: 'your_channel',
      fields: [{ name: 'secret', kind: 'secret', label: 'Webhook secret', hint: 'Only for signed deliveries.' }],
      hook: 'Takes signed deliveries.',
      broadcasts: false,
    },
    samples: ['message'],
  },
  read,
  normalise,
  sample,
  nameOf,
  connector,
  verifier,
}
`

export const payload = (
  label: string,
): string => `/** What ${label.replaceAll('*/', '')} sends, in its own naming. Past the normaliser none of these names appears. */
export interface ChatLine {
  message_id?: unknown
  sent_at?: unknown
  body?: unknown
  user?: { user_id?: unknown; display_name?: unknown }
}
`

export const name = (label: string): string => `import { BadName } from '../platform.ts'

const NAME = /^[a-z0-9_]{1,40}$/

/** What a person typed, in the form that the platform itself has for it. */
export function nameOf(typed: string): string {
  const name = typed.trim().replace(/^[@#]/, '').toLowerCase()
  if (NAME.test(name)) return name
  throw new BadName(${quoted(`A name on ${label} has 1 to 40 letters, digits or underscores.`)})
}
`
