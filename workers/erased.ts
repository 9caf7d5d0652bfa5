import { blanked, type ChatEvent, type Message, type Notice, type Part, type Restore } from './message.ts'

/** Whose traces are erased. */
export interface Person {
  platform: string
  authorId: string
  /** What they are known to have been called, as it was written. */
  names: readonly string[]
}

export interface Blanked<E extends ChatEvent = ChatEvent> {
  event: E
  /** The person's own, and not only about them. */
  own: boolean
  /** What they were called in it. */
  names: string[]
}

/** Stands where somebody else wrote the name as a mention. */
const NOBODY = '@erased'

/** The person with what else they are called in events of their own. */
export function namedIn(theirs: readonly (Message | Notice)[], person: Person): Person {
  return { ...person, names: [...new Set([...person.names, ...theirs.flatMap(namesOf)])] }
}

function namesOf({ author }: Message | Notice): string[] {
  if (author === undefined) return []
  return author.login === undefined ? [author.name] : [author.name, author.login]
}

/**
 * Whether an event's JSON may speak of the person at all; names are the same in whatever capitals. `times`: how often it stands as a
 * string in JSON, as events do in a transcript's lines.
 */
export function speaksOf(json: string, { authorId, names }: Person, times = 1): boolean {
  if (json.includes(escaped(authorId, times))) return true
  const lower = names.length === 0 ? '' : json.toLowerCase()
  return names.some((name) => lower.includes(escaped(name.toLowerCase(), times)))
}

function escaped(text: string, times: number): string {
  const once = JSON.stringify(text).slice(1, -1)
  return times <= 1 ? once : escaped(once, times - 1)
}

/** An event without what is the person's own: null when there is nothing of it. Others' own words stay. */
export function blankedFor(event: ChatEvent, person: Person): Blanked | null {
  if (event.platform !== person.platform) return null
  if (event.kind === 'message' || event.kind === 'notice') return blankedTalk(event, person)
  if (event.kind === 'clear' || !('authorId' in event.target) || event.target.authorId !== person.authorId) {
    return event.kind === 'restore' ? blankedRestore(event, person) : null
  }
  const target = { id: `${event.platform}:erased` }
  return {
    event: event.kind === 'restore' ? { ...event, target, events: [] } : { ...event, target },
    own: false,
    names: [],
  }
}

/** As above, of what is drawn. */
export function blankedTalk(event: Message | Notice, person: Person): Blanked<Message | Notice> | null {
  if (event.author?.id === person.authorId) {
    return { event: blanked(event), own: true, names: namesOf(event) }
  }
  const about = event.kind === 'message' ? aboutMessage(event, person) : aboutNotice(event, person)
  return about === null ? null : { event: about, own: false, names: [] }
}

/** What comes back with it: theirs does not, and what others wrote about them comes as it may stay. */
function blankedRestore(event: Restore, person: Person): Blanked | null {
  const found = event.events.map((back) => blankedTalk(back, person))
  if (found.every((each) => each === null)) return null
  const events = event.events.flatMap((back, nth) => {
    const each = found[nth] ?? null
    if (each?.own) return []
    return [each === null ? back : each.event]
  })
  return { event: { ...event, events }, own: false, names: found.flatMap((each) => each?.names ?? []) }
}

/** A reply quotes what it answers. */
function aboutMessage(event: Message, person: Person): Message | null {
  const quotes = event.reply !== undefined && isNamed(event.reply.author, person)
  const parts = event.parts.map((part) => unnamed(part, person))
  if (!quotes && parts.every((part, nth) => part === event.parts[nth])) return null
  const { reply, ...rest } = event
  const text = parts.map((part) => part.text).join('')
  return { ...rest, parts, text, ...(reply !== undefined && !quotes && { reply }) }
}

function aboutNotice(event: Notice, person: Person): Notice | null {
  return event.recipient !== undefined && isNamed(event.recipient, person) ? blanked(event) : null
}

function unnamed(part: Part, person: Person): Part {
  return part.type === 'mention' && isNamed(part.text.replace(/^@/, ''), person) ? { ...part, text: NOBODY } : part
}

function isNamed(name: string, { names }: Person): boolean {
  const lower = name.toLowerCase()
  return names.some((each) => each.toLowerCase() === lower)
}
