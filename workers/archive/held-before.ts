import { type ChatEvent, isHeld, KEEP_HELD_MS, MAX_HELD } from '../message.ts'

/**
 * Gathers what was held of late, and all that was done to it, for whoever knows what became of it. Events are handed over newest first.
 */
export class HeldBefore {
  readonly #since: number
  /** Newest first, also what was done to others. */
  readonly #gathered: ChatEvent[] = []
  /** What something can be done to: those that were held, their authors and their platforms. */
  readonly #names = new Set<string>()
  #held = 0

  constructor(now: number) {
    this.#since = now - KEEP_HELD_MS
  }

  /** Oldest first. What restores bring along is left out. */
  get events(): ChatEvent[] {
    return this.#gathered.filter((event) => this.#isAbout(event)).toReversed()
  }

  look(event: ChatEvent): void {
    if (this.#held >= MAX_HELD) return
    if (event.kind === 'restore') this.#gathered.push({ ...event, events: [] })
    else if (event.kind === 'remove' || event.kind === 'clear') this.#gathered.push(event)
    else if (isHeld(event) && event.receivedAt >= this.#since) this.#hold(event)
  }

  #hold(event: Extract<ChatEvent, { kind: 'message' | 'notice' }>): void {
    const { id, platform, author } = event
    this.#gathered.push(event)
    this.#held++
    for (const name of [id, platformName(platform), authorName(platform, author?.id ?? '')]) this.#names.add(name)
  }

  #isAbout(event: ChatEvent): boolean {
    if (event.kind === 'message' || event.kind === 'notice') return true
    if (event.kind === 'clear') return this.#names.has(platformName(event.platform))
    const { platform, target } = event
    return this.#names.has('id' in target ? target.id : authorName(platform, target.authorId))
  }
}

function authorName(platform: string, authorId: string): string {
  return `author ${platform} ${authorId}`
}

function platformName(platform: string): string {
  return `platform ${platform}`
}
