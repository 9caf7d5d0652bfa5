import type { Row } from './feed.ts'
import type { Message, Notice } from './model.ts'

/** What the person wants to see of the feed. */
export interface Filter {
  text: string
  /** Platforms switched off. */
  without: ReadonlySet<string>
}
export const NO_FILTER: Filter = { text: '', without: new Set() }

export function isFiltering({ text, without }: Filter): boolean {
  return text.trim() !== '' || without.size > 0
}

/** Every word must stand somewhere in the name or the text, without regard to case. Dividers show only unfiltered. */
export function filterRows(rows: readonly Row[], filter: Filter): readonly Row[] {
  if (!isFiltering(filter)) return rows
  const words = wordsOf(filter.text)
  return rows.filter(({ event }) => {
    if (event.kind === 'clear' || filter.without.has(event.platform)) return false
    const heap = heapOf(event)
    return words.every((word) => heap.includes(word))
  })
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

function heapOf(event: Message | Notice): string {
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  return `${event.author?.name ?? ''} ${event.author?.login ?? ''} ${event.text} ${own}`.toLowerCase()
}
