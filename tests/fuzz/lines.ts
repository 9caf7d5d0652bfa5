import { below, oneOf, stretch } from './chance.ts'

/** A file of lines, and what one fault does to it. */

export interface Faulted {
  bytes: Buffer
  /** Places of the file as it was whose bytes are not what they were, or have others among them. */
  from: number
  to: number
}

const NEWLINE = 0x0a
const BITS = 8

/** Cut off anywhere, a bit turned, a stretch gone, overwritten or read twice, or a line end gone. */
export function faultOf(random: () => number, bytes: Buffer): Faulted {
  const [from, to] = stretch(random, bytes.length)
  switch (below(random, 6)) {
    case 0: {
      const end = below(random, bytes.length + 1)
      return { bytes: bytes.subarray(0, end), from: end, to: bytes.length }
    }
    case 1: {
      const at = below(random, bytes.length)
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ (1 << below(random, BITS))
      return { bytes: copy, from: at, to: at + 1 }
    }
    case 2:
      return { bytes: Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]), from, to }
    case 3: {
      const noise = Buffer.from(Array.from({ length: to - from }, () => below(random, 256)))
      return { bytes: Buffer.concat([bytes.subarray(0, from), noise, bytes.subarray(to)]), from, to }
    }
    case 4: {
      // Whole lines, as a write that was tried again leaves them.
      const ends = lineEnds(bytes)
      const [first, last] = [oneOf(random, ends), oneOf(random, ends)].sort((a, b) => a - b)
      return { bytes: Buffer.concat([bytes.subarray(0, last), bytes.subarray(first)]), from: 0, to: 0 }
    }
    default: {
      const end = oneOf(random, lineEnds(bytes))
      return { bytes: Buffer.concat([bytes.subarray(0, end - 1), bytes.subarray(end)]), from: end - 1, to: end }
    }
  }
}

/** The lines that the fault has not touched, their ends included; one whose end alone is another or gone counts as untouched. */
export function untouched(bytes: Buffer, { from, to }: Faulted): string[] {
  let start = 0
  const lines: string[] = []
  for (const end of lineEnds(bytes)) {
    const endAlone = from === end - 1 && to === end
    if (to <= start || from >= end || from === to || endAlone) lines.push(bytes.toString('utf8', start, end - 1))
    start = end
  }
  return lines
}

function lineEnds(bytes: Buffer): number[] {
  return Array.from(bytes.entries()).flatMap(([at, byte]) => (byte === NEWLINE ? [at + 1] : []))
}
