import type { Part } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { line, textOf } from '../../words.ts'

/** Emotes stand in the text as `[emote:<digits>:<name>]`, often without a space between; older names may be empty. */
const TOKEN = /\[emote:(\d{1,20}):([^[\]]{0,100})\]/g

/** Content as parts. Webhooks' own list of emotes is often null while tokens stand in the text, so only these count. */
export function parts(content: string): Part[] {
  return line(pieces(content))
}

/** Content as one plain line, its emotes by their names. */
export function plain(content: string): string {
  return textOf(parts(content))
}

function* pieces(content: string): Generator<string | Part> {
  let taken = 0
  for (const token of content.matchAll(TOKEN)) {
    yield content.slice(taken, token.index)
    yield emote(token[1] ?? '', token[2] ?? '')
    taken = token.index + token[0].length
  }
  yield content.slice(taken)
}

function emote(id: string, name: string): Part {
  const url = `https://files.kick.com/emotes/${id}/fullsize`
  return { type: 'emote', text: cleanName(name, id), id, provider: 'kick', url }
}
