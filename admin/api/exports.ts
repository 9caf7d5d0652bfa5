import type { Text } from '../language/words.ts'
import { query } from './call.ts'

/** A transcript, or what a search finds, as a file. */

/** `recording`: tells when something was said within one stream. */
export const EXPORTS = [
  { format: 'txt', label: 'Text', hint: 'One line a message, to read.' },
  { format: 'csv', label: 'Table (CSV)', hint: 'For a spreadsheet; nothing in it is taken for a formula.' },
  { format: 'json', label: 'JSON', hint: 'Everything that is kept, as one list.' },
  { format: 'jsonl', label: 'JSON lines', hint: 'Everything that is kept, one event a line.' },
  { format: 'html', label: 'Web page', hint: 'A page without script, to read in a browser.' },
  { format: 'srt', label: 'Subtitles (SRT)', hint: 'For the recording: each message at its time.', recording: true },
  {
    format: 'vtt',
    label: 'Subtitles (WebVTT)',
    hint: 'For the recording, in a browser: each message at its time.',
    recording: true,
  },
] as const satisfies { format: string; label: Text; hint: Text; recording?: boolean }[]
export type ExportFormat = (typeof EXPORTS)[number]['format']

/** What becomes a file: a stream, or what of it fits; with null for a stream, all that a search finds. */
export interface ExportScope {
  stream: string | null
  q: string
  platform: string
  /** Only these of a stream, by seq, `12,20-35`. */
  lines?: string
}
export interface ExportOptions {
  format: ExportFormat
  /** Seconds. */
  offset: number
  withoutRemoved: boolean
  withoutSimulated: boolean
  pseudonyms: boolean
}

/** A link carries no header: it names the channel in its query, null = the own one. */
export function exportAddress(
  { stream, q, platform, lines = '' }: ExportScope,
  options: ExportOptions,
  channel: string | null,
): string {
  const { format, offset, withoutRemoved, withoutSimulated, pseudonyms } = options
  const path = stream === null ? '/api/search/export' : `/api/streams/${stream}/export`
  const values = {
    ...{ format, q, platform, lines, channel },
    offset: offset === 0 ? null : offset,
    removed: withoutRemoved ? 'no' : null,
    simulated: withoutSimulated ? 'no' : null,
    names: pseudonyms ? 'pseudonyms' : null,
  }
  return `${path}?${query(values)}`
}
