import type { ChatEvent } from '../message.ts'
import type { Archived, Filter, Gap } from './words.ts'

/** Makes the test that a page asks of every record; words are brought to lower case once. */
export function matcher(filter: Filter): (content: ChatEvent | Gap) => boolean {
  const q = filter.q?.toLowerCase() ?? ''
  const author = filter.author?.toLowerCase() ?? ''
  const narrow = q !== '' || author !== '' || filter.platform !== undefined || filter.id !== undefined
  return (content) => {
    if (filter.kind !== undefined && content.kind !== filter.kind) return false
    // A gap has no words, author or platform; where these are asked for, it is no answer.
    if (content.kind === 'gap') return !narrow
    if (filter.id !== undefined && content.id !== filter.id) return false
    if (filter.platform !== undefined && content.platform !== filter.platform) return false
    if (filter.simulated === false && content.simulated === true) return false
    return (author === '' || isBy(content, author)) && (q === '' || says(content, q))
  }
}

/** Kinds that count as the messages of a stream. */
export function counts(content: ChatEvent | Archived): boolean {
  return content.kind === 'message' || content.kind === 'notice'
}

function isBy(event: ChatEvent, lower: string): boolean {
  const author = authorOf(event)
  if (author === undefined) return false
  return [author.name, author.login, author.id].some((name) => name?.toLowerCase() === lower)
}

function says(event: ChatEvent, lower: string): boolean {
  if (event.kind !== 'message' && event.kind !== 'notice') return false
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  return [event.text, own, event.author?.name ?? ''].some((text) => text.toLowerCase().includes(lower))
}

function authorOf(event: ChatEvent) {
  return event.kind === 'message' || event.kind === 'notice' ? event.author : undefined
}
