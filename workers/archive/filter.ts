import type { ChatEvent } from '../message.ts'
import { readQuery } from './query.ts'
import { isBy } from './said.ts'
import type { Archived, Filter, Gap } from './words.ts'

/** `needle`: what stands in the bytes of whatever fits; '' = not known. */
export interface Matcher {
  fits: (content: ChatEvent | Gap) => boolean
  needle: string
}

/** Makes the test that a page asks of every record; what was typed is read once. */
export function matcher(filter: Filter): Matcher {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, q = '' } = filter
  const asked = q.trim() === '' ? null : readQuery(q)
  const author = filter.author?.toLowerCase() ?? ''
  const narrow = asked !== null || author !== '' || filter.platform !== undefined || filter.id !== undefined
  const fits = (content: ChatEvent | Gap): boolean => {
    if (filter.kind !== undefined && content.kind !== filter.kind) return false
    if (content.at < from || content.at > to) return false
    // A gap has no words, author or platform; where these are asked for, it is no answer.
    if (content.kind === 'gap') return !narrow
    if (filter.id !== undefined && content.id !== filter.id) return false
    if (filter.platform !== undefined && content.platform !== filter.platform) return false
    if (filter.simulated === false && content.simulated === true) return false
    return (author === '' || isBy(content, author)) && (asked === null || asked.holds(content))
  }
  return { fits, needle: asked?.needle ?? '' }
}

/** Kinds that count as the messages of a stream. */
export function counts(content: ChatEvent | Archived): boolean {
  return content.kind === 'message' || content.kind === 'notice'
}
