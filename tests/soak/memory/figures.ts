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
  /** After a collection, thread by thread, the median of all collections; null = none was made. */
  live: Heap[] | null
}

/** `lives`: what each collection left. */
export function spanOf(looks: readonly Look[], lives: readonly Heap[][]): Span {
  return {
    rss: median(looks.map(({ rss }) => rss)),
    floor: Math.min(...looks.map(({ heaps }) => heapOf(heaps))),
    live: lives.length === 0 ? null : middle(lives),
  }
}

/** Without the threads that come and go. */
function middle(lives: readonly Heap[][]): Heap[] {
  const names = new Set(lives.flat().map(({ name }) => name))
  names.delete('password')
  return [...names].map((name) => {
    const of = lives.flat().filter((each) => each.name === name)
    return { name, heap: median(of.map(({ heap }) => heap)), external: median(of.map(({ external }) => external)) }
  })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function heapOf(heaps: readonly Heap[]): number {
  return heaps.reduce((sum, { heap }) => sum + heap, 0)
}

/** Each figure of the two spans, in words; `grew`: the ones that are more than `MAY_GROW` above. */
export function compared(first: Span, last: Span): { lines: string[]; grew: boolean } {
  const rows: [what: string, before: number, after: number][] = [['resident', first.rss, last.rss]]
  const [before, after] = [first.live ?? [], last.live ?? []]
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

function line([what, from, to]: [string, number, number]): string {
  const share = from === 0 ? 0 : (100 * (to - from)) / from
  return `${what}: ${mb(from)} MB, then ${mb(to)} MB (${share >= 0 ? '+' : ''}${share.toFixed(1)} %)`
}
