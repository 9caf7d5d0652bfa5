import type { ChatEvent } from '../../message.ts'

/**
 * Which runs of three letters are said in a block of rows, with a bit for each: a search leaves out the blocks that lack one of its own,
 * and reads the others. Runs that share a bit cost a block read in vain, never a hit. A quarter of a row's own size for 500 rows, where an
 * index of words beside each row would be several times the row, and would not find the middle of a word.
 */

/** As many as the step of the database that made the table says. */
export const BLOCK_ROWS = 500
export const SIGN_BYTES = 2_048
const BITS = SIGN_BYTES * 8
const RUN = 3
/** Runs of a search that are looked for. */
const MOST_ASKED = 32

/** Bits of all runs of a text in lower case; none for a text that is shorter than one. */
export function bitsOf(lower: string): number[] {
  const bits = new Set<number>()
  for (let at = 0; at + RUN <= lower.length && bits.size < MOST_ASKED; at += 1) bits.add(bitAt(lower, at))
  return [...bits]
}

/** Adds what an event says, and by whom, as `said.ts` compares it. */
export function sign(bytes: Uint8Array, event: ChatEvent): void {
  if (event.kind !== 'message' && event.kind !== 'notice') return
  const { text, author } = event
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  for (const said of [text, own, author?.name, author?.login, author?.id]) {
    if (said !== undefined) signText(bytes, said.toLowerCase())
  }
}

function signText(bytes: Uint8Array, lower: string): void {
  for (let at = 0; at + RUN <= lower.length; at += 1) {
    const bit = bitAt(lower, at)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
}

/** Numbered as PostgreSQL's get_bit() numbers the bits of bytes. */
function bitAt(text: string, at: number): number {
  const mixed =
    Math.imul(text.charCodeAt(at), 0x9e3779b1) ^
    Math.imul(text.charCodeAt(at + 1), 0x85ebca6b) ^
    Math.imul(text.charCodeAt(at + 2), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) & (BITS - 1)
}
