import type { ChannelRole } from '../../server/protocol.ts'
import type { Text } from '../language/words.ts'

/** The parts of the page, as they stand in the address, and who they are for. */
export const PARTS = [
  { id: 'words', label: 'Words', least: 'viewer' },
  { id: 'filters', label: 'Filters', least: 'viewer' },
  { id: 'people', label: 'People', least: 'moderator' },
  { id: 'queue', label: 'Queue', least: 'moderator' },
  { id: 'log', label: 'Log', least: 'viewer' },
] as const satisfies readonly { id: string; label: Text; least: ChannelRole }[]
export type PartId = (typeof PARTS)[number]['id']

/** The first one where there is no such part, and where it is not for whoever asks. */
export function partOf(named: string | null, may: (least: ChannelRole) => boolean): PartId {
  return PARTS.find(({ id, least }) => id === named && may(least))?.id ?? 'words'
}
