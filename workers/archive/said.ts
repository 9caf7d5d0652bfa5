import type { ChatEvent } from '../message.ts'

/** Who said an event, and what. What is looked for comes in lower case. */

export function isBy(event: ChatEvent, lower: string): boolean {
  const author = event.kind === 'message' || event.kind === 'notice' ? event.author : undefined
  if (author === undefined) return false
  return [author.name, author.login, author.id].some((name) => name?.toLowerCase() === lower)
}

export function says(event: ChatEvent, lower: string): boolean {
  if (event.kind !== 'message' && event.kind !== 'notice') return false
  const own = event.kind === 'notice' ? (event.parts ?? []).map((part) => part.text).join('') : ''
  return [event.text, own, event.author?.name ?? ''].some((text) => text.toLowerCase().includes(lower))
}
