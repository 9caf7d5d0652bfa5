import { below, oneOf, stretch } from './chance.ts'

/** Bytes as a disk, a cut cable or a stranger leaves them. */

const BITS = 8
const NEWLINE = 0x0a

/** One fault: cut off, a bit flipped, a piece gone, doubled, overwritten, or a line glued to the next. */
export function faultyBytes(random: () => number, bytes: Buffer): Buffer {
  const [from, to] = stretch(random, bytes.length)
  switch (below(random, 6)) {
    case 0:
      return bytes.subarray(0, below(random, bytes.length + 1))
    case 1:
      return flipped(random, bytes)
    case 2:
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
    case 4:
      return Buffer.concat([bytes.subarray(0, from), noise(random, to - from), bytes.subarray(to)])
    default:
      return glued(random, bytes)
  }
}

export function flipped(random: () => number, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = below(random, bytes.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << below(random, BITS))
  return copy
}

/** One line end is gone. */
export function glued(random: () => number, bytes: Buffer): Buffer {
  const ends = Array.from(bytes.entries()).flatMap(([at, byte]) => (byte === NEWLINE ? [at] : []))
  if (ends.length === 0) return bytes
  const end = oneOf(random, ends)
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(end + 1)])
}

function noise(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(random, 256)))
}

/** As JSON, and where it is not too long as text. */
export function toldBytes(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'))
}
