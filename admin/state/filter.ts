import type { Text } from '../language/words.ts'
import type { Row } from './feed.ts'
import type { Message, Notice, Role } from './model.ts'

/** What the person wants to see of the feed. */
export interface Filter {
  text: string
  /** Platforms switched off. */
  without: ReadonlySet<string>
  /** Only whoever has this role; `first` = only first messages; empty = everybody. */
  role: Role | 'first' | ''
}
export const NO_FILTER: Filter = { text: '', without: new Set(), role: '' }

export const ROLE_FILTERS: readonly { value: Filter['role']; label: Text }[] = [
  { value: '', label: 'Everyone' },
  { value: 'mod', label: 'Moderators' },
  { value: 'vip', label: 'VIPs' },
  { value: 'sub', label: 'Subscribers' },
  { value: 'first', label: 'First messages' },
]

export function isFiltering({ text, without, role }: Filter): boolean {
  return text.trim() !== '' || without.size > 0 || role !== ''
}

/** Every word must stand somewhere in the name or the text, without regard to case. Dividers show only unfiltered. */
export function filterRows(rows: readonly Row[], filter: Filter): readonly Row[] {
  if (!isFiltering(filter)) return rows
  const words = wordsOf(filter.text)
  return rows.filter(({ event }) => {
    if (event.kind === 'clear' || filter.without.has(event.platform) || !isOf(event, filter.role)) return false
    const heap = heapOf(event)
    return words.every((word) => heap.includes(word))
  })
}

function isOf(event: Message | Notice, role: Filter['role']): boolean {
  if (role === '') return true
  if (role === 'first') return event.kind === 'message' && event.first === true
  return event.author?.roles.includes(role) === true
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

function heapOf(event: Message | Notice): string {
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  return `${event.author?.name ?? ''} ${event.author?.login ?? ''} ${event.text} ${own}`.toLowerCase()
}
