import type { Author, Message, Notice, Part } from '../../../workers/message.ts'
import type { Archived } from '../../stores/archive.ts'

/** People of one file that get a number of their own; all who come after them are one and the same. */
export const MAX_NUMBERED = 100_000
const REST = 'Another viewer'
/** A shorter name in running words is taken for a word, unless it has an @ before it. */
const SHORTEST_NAME = 4
/** Words of a name that is looked for in what others write. */
const LONGEST_NAME = 3
const WORD = /[\p{L}\p{N}_]+/gu
/** From the first word of a name to its last. */
const CORE = /[\p{L}\p{N}_](?:.*[\p{L}\p{N}_])?/su

interface Person {
  pseudonym: string
  /** As they were called last. */
  name: string
  login: string | undefined
}
interface Named {
  pseudonym: string
  /** Null while only others have spoken of them. */
  id: string | null
}

/**
 * Numbers instead of names, the same for a person throughout one file: as author, in replies and mentions, and where others write the
 * name. `learn` must have seen every entry before the first is masked, since a name may be written before its owner says anything.
 */
export class Pseudonyms {
  /** Both by platform. */
  readonly #byId = new Map<string, Person>()
  readonly #byName = new Map<string, Named>()
  /** Names begin with one of these, on whatever platform. Most words of a chat begin none: they are looked up once and that is all. */
  readonly #firstWords = new Set<string>()
  #given = 0

  learn(entry: Archived): void {
    if (entry.kind === 'restore') for (const back of entry.events) this.learn(back)
    if (entry.kind !== 'message' && entry.kind !== 'notice') return
    if (entry.author !== undefined) this.#know(entry.platform, entry.author)
    for (const name of spokenOf(entry)) this.#named(entry.platform, name)
  }

  masked(entry: Archived): Archived {
    switch (entry.kind) {
      case 'message':
        return { ...entry, ...this.#message(entry) }
      case 'notice':
        return { ...entry, ...this.#notice(entry) }
      case 'restore': {
        const events = entry.events.map((back) => (back.kind === 'message' ? this.#message(back) : this.#notice(back)))
        return { ...entry, target: this.#target(entry.platform, entry.target), events }
      }
      case 'remove':
        return { ...entry, target: this.#target(entry.platform, entry.target) }
      default:
        return entry
    }
  }

  #message(event: Message): Message {
    const { platform, reply, author } = event
    const parts = event.parts.map((part) => this.#part(platform, part))
    const masked: Message = { ...event, author: this.#author(platform, author), parts, text: textOf(parts) }
    if (reply !== undefined) {
      masked.reply = {
        ...reply,
        author: this.#named(platform, reply.author),
        text: this.#hushed(platform, reply.text),
      }
    }
    return masked
  }

  #notice(event: Notice): Notice {
    const { platform, author, recipient, parts } = event
    const own = [author?.name, author?.login, recipient].filter((name) => name !== undefined)
    return {
      ...event,
      text: this.#hushed(platform, event.text, own),
      ...(author !== undefined && { author: this.#author(platform, author) }),
      ...(recipient !== undefined && { recipient: this.#named(platform, recipient) }),
      ...(parts !== undefined && { parts: parts.map((part) => this.#part(platform, part)) }),
    }
  }

  #author(platform: string, author: Author): Author {
    const name = this.#know(platform, author)
    return { id: slug(name), name, roles: author.roles, badges: author.badges }
  }

  #target<T extends { id: string } | { authorId: string }>(platform: string, target: T): T | { authorId: string } {
    if (!('authorId' in target)) return target
    return { authorId: slug(this.#byId.get(keyOf(platform, target.authorId))?.pseudonym ?? REST) }
  }

  #part(platform: string, part: Part): Part {
    if (part.type === 'mention') return { ...part, text: `@${this.#named(platform, bare(part.text))}` }
    return part.type === 'text' ? { ...part, text: this.#hushed(platform, part.text) } : part
  }

  #know(platform: string, { id, name, login }: Author): string {
    const key = keyOf(platform, id)
    const before = this.#byId.get(key)
    // So it is nearly always, and all of that is known then.
    if (before?.name === name && before.login === login) return before.pseudonym
    const names = [name, login].filter((each) => each !== undefined)
    const known = names.map((each) => this.#byName.get(keyOf(platform, core(each))))
    const pseudonym = before?.pseudonym ?? known.find((each) => each?.id === null)?.pseudonym ?? this.#next()
    if (pseudonym === REST) return pseudonym
    this.#byId.set(key, { pseudonym, name, login })
    names.forEach((each, nth) => {
      if ((known[nth]?.id ?? null) === null) this.#remember(platform, each, { pseudonym, id })
    })
    return pseudonym
  }

  #named(platform: string, name: string): string {
    const known = this.#byName.get(keyOf(platform, core(name)))
    if (known !== undefined) return known.pseudonym
    const pseudonym = this.#next()
    if (pseudonym !== REST) this.#remember(platform, name, { pseudonym, id: null })
    return pseudonym
  }

  #remember(platform: string, name: string, named: Named): void {
    this.#byName.set(keyOf(platform, core(name)), named)
    const [first] = name.match(WORD) ?? []
    if (first !== undefined) this.#firstWords.add(first.toLowerCase())
  }

  #next(): string {
    if (this.#given >= MAX_NUMBERED) return REST
    this.#given += 1
    return `Viewer ${this.#given}`
  }

  /** Known names become numbers; `own` ones however short they are. */
  #hushed(platform: string, text: string, own: readonly string[] = []): string {
    const words = [...text.matchAll(WORD)]
    const always = own.map(core)
    let hushed = ''
    let done = 0
    for (let nth = 0; nth < words.length; ) {
      const found = this.#nameAt(platform, text, words, nth, always)
      if (found !== null) {
        hushed += text.slice(done, words[nth]?.index) + found.pseudonym
        done = found.end
      }
      nth += found?.words ?? 1
    }
    return hushed + text.slice(done)
  }

  /** The longest known name that begins with this word. */
  #nameAt(platform: string, text: string, words: RegExpExecArray[], nth: number, always: readonly string[]) {
    if (!this.#firstWords.has((words[nth]?.[0] ?? '').toLowerCase())) return null
    const start = words[nth]?.index ?? 0
    for (let length = Math.min(LONGEST_NAME, words.length - nth); length > 0; length -= 1) {
      const last = words[nth + length - 1]
      const end = (last?.index ?? 0) + (last?.[0].length ?? 0)
      const name = text.slice(start, end).toLowerCase()
      const counts = name.length >= SHORTEST_NAME || text[start - 1] === '@' || always.includes(name)
      const named = counts ? this.#byName.get(keyOf(platform, name)) : undefined
      if (named !== undefined) return { pseudonym: named.pseudonym, end, words: length }
    }
    return null
  }
}

function spokenOf(event: Message | Notice): string[] {
  const mentioned = (event.parts ?? []).flatMap(({ type, text }) => (type === 'mention' ? [bare(text)] : []))
  if (event.kind === 'notice') return event.recipient === undefined ? mentioned : [...mentioned, event.recipient]
  return event.reply === undefined ? mentioned : [...mentioned, event.reply.author]
}

function keyOf(platform: string, name: string): string {
  return `${platform}\n${name}`
}

function bare(mention: string): string {
  return mention.replace(/^@/, '')
}

/** From a name's first word to its last, in lower case; the whole name where it has no words. */
function core(name: string): string {
  return (CORE.exec(name)?.[0] ?? name).toLowerCase()
}

function slug(pseudonym: string): string {
  return pseudonym.toLowerCase().replaceAll(' ', '-')
}

function textOf(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join('')
}
