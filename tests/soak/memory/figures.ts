import type { Heap } from './server.ts'

/** What looks at the memory come to, and whether it grew. */

/** How much more the last minutes may hold than the first that count. */
export const MAY_GROW = 0.05
const MB = 1_000_000

/** Bytes. */
export interface Look {
  rss: number
  heaps: Heap[]
}
export interface Span {
  /** The median of its looks. */
  rss: number
  /** The least that all threads' heaps held together: what of it was garbage is not known. */
  floor: number
  /** After a collection, thread by thread; null = none was made. */
  live: Heap[] | null
}

export function spanOf(looks: readonly Look[], live: Heap[] | null): Span {
  const sizes = looks.map(({ rss }) => rss).sort((one, other) => one - other)
  return {
    rss: sizes[Math.floor(sizes.length / 2)] ?? 0,
    floor: Math.min(...looks.map(({ heaps }) => heapOf(heaps))),
    live,
  }
}

export function heapOf(heaps: readonly Heap[]): number {
  return heaps.reduce((sum, { heap }) => sum + heap, 0)
}

/** Each figure of the two spans, in words; `grew`: the ones that are more than `MAY_GROW` above. */
export function compared(first: Span, last: Span): { lines: string[]; grew: boolean } {
  const rows: [what: string, before: number, after: number][] = [['resident', first.rss, last.rss]]
  const [before, after] = [standing(first.live), standing(last.live)]
  rows.push(['live heap of all threads', heapOf(before), heapOf(after)])
  const judged = rows.length
  for (const { name, heap, external } of before) {
    const now = after.find((each) => each.name === name)
    if (now === undefined) continue
    rows.push([`live heap of ${name}`, heap, now.heap], [`buffers of ${name}`, external, now.external])
  }
  const grown = ([, from, to]: (typeof rows)[number]) => to > from * (1 + MAY_GROW)
  return {
    lines: rows.map((row, nth) => `${line(row)}${nth < judged && grown(row) ? '  GREW' : ''}`),
    grew: rows.slice(0, judged).some(grown),
  }
}

export function mb(bytes: number): string {
  return (bytes / MB).toFixed(1)
}

/** Without the threads that come and go. */
function standing(heaps: Heap[] | null): Heap[] {
  return (heaps ?? []).filter(({ name }) => name !== 'password')
}

function line([what, from, to]: [string, number, number]): string {
  const share = from === 0 ? 0 : (100 * (to - from)) / from
  return `${what}: ${mb(from)} MB, then ${mb(to)} MB (${share >= 0 ? '+' : ''}${share.toFixed(1)} %)`
}
