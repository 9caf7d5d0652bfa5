import { told } from '../language/words.ts'

/**
 * What the table of settings (server/look.ts) calls something, in the reader's language. The mark tells these words from
 * the panel's own: an overlay's theme is not the panel's.
 */
export function lookWord(text: string): string {
  return told(`${text}|look`)
}
