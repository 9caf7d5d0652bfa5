import { type ChatEvent, isHeld, KEEP_HELD_MS, MAX_HELD, type Message, type Notice } from '../message.ts'

/** Finds what still waits for a moderator. Events are handed over newest first, so that what became of one is known before it. */
export class StillHeld {
  readonly #since: number
  /** Newest first. */
  readonly #found: (Message | Notice)[] = []
  /** Targets about which the last word is known: what was given back, and what was decided. */
  readonly #back = new Set<string>()
  readonly #decided = new Set<string>()

  constructor(now: number) {
    this.#since = now - KEEP_HELD_MS
  }

  /** Oldest first. */
  get events(): (Message | Notice)[] {
    return this.#found.toReversed()
  }

  look(event: ChatEvent): void {
    if (event.kind === 'restore') this.#restored(event)
    else if (event.kind === 'remove') this.#removed(event)
    else if (event.kind === 'clear') this.#cleared(event)
    else if (this.#waits(event)) this.#found.push(event)
  }

  #waits(event: Message | Notice): boolean {
    if (!isHeld(event) || event.receivedAt < this.#since || this.#found.length >= MAX_HELD) return false
    const names = [event.id, platformKey(event.platform), authorKey(event.platform, event.author?.id ?? '')]
    return !names.some((name) => this.#decided.has(name))
  }

  #restored({ platform, target, released }: Extract<ChatEvent, { kind: 'restore' }>): void {
    const key = keyOf(platform, target)
    if (released) this.#decided.add(key)
    else this.#back.add(key)
  }

  /** What a platform takes away nobody gives back. */
  #removed({ platform, target, by }: Extract<ChatEvent, { kind: 'remove' }>): void {
    const key = keyOf(platform, target)
    if (by === 'platform' || !this.#back.has(key)) this.#decided.add(key)
  }

  #cleared({ platform, by }: Extract<ChatEvent, { kind: 'clear' }>): void {
    if (by === 'platform') this.#decided.add(platformKey(platform))
  }
}

function keyOf(platform: string, target: { id: string } | { authorId: string }): string {
  return 'id' in target ? target.id : authorKey(platform, target.authorId)
}

function authorKey(platform: string, authorId: string): string {
  return `author ${platform} ${authorId}`
}

function platformKey(platform: string): string {
  return `platform ${platform}`
}
