import type { Facts, SourceOrder } from '../../../../workers/followed.ts'
import type { Ears, Ground, Taken } from '../../../../workers/platforms/platform.ts'

/** Waits towards Twitch are divided by this. */
export const HASTE = 20

export function groundOn(url: string, haste = HASTE): Ground {
  return {
    settings: { twitchIrcUrl: url },
    ms: (ms) => Math.ceil(ms / haste),
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
  }
}

export function orderOf(name: string, channel = 1): SourceOrder {
  return { channel, platform: 'twitch', number: channel, name, options: {}, facts: {}, leftAt: null }
}

/** What a connector told of one source, word by word. */
export class Ear implements Ears {
  /** `connecting`, `live`, `live filled`, `stale`, `retry …`, `attention …`; the same word again is left out. */
  readonly words: string[] = []
  readonly bodies: string[] = []
  facts: Facts = {}
  pause = 0
  /** Answered to the next `take`. */
  full: Promise<void> | null = null
  #waiting = new Set<() => void>()

  get lines(): string[] {
    return this.bodies.flatMap((body) => body.split('\r\n'))
  }

  /** The words of all lines, behind the second colon. */
  get texts(): string[] {
    return this.lines.map((line) => line.slice(line.indexOf(' :', line.indexOf(' #')) + 2))
  }

  take(body: string): Taken {
    this.bodies.push(body)
    this.#wake()
    return { accepted: 1, duplicates: 0, full: this.full }
  }

  heard(): void {
    if (this.words.at(-1) === 'stale') this.#say('live')
  }

  connecting(): void {
    this.#say('connecting')
  }

  live({ filled }: { filled: boolean }): void {
    this.#say(filled ? 'live filled' : 'live')
  }

  waiting(why: string): void {
    this.#say(`waiting ${why}`)
  }

  stale(): void {
    this.#say('stale')
  }

  retry(why: string, pause: number): void {
    this.pause = pause
    this.#say(`retry ${why}`)
  }

  attention(why: string): void {
    this.#say(`attention ${why}`)
  }

  learn(facts: Facts): void {
    this.facts = { ...this.facts, ...facts }
    this.#wake()
  }

  broadcast(): void {}

  quota(): void {}

  /** Resolves when the condition holds; looks again at every word and line. */
  async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`Waited in vain: ${JSON.stringify([this.words, this.lines.slice(-5)])}`)
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          this.#waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, left)
        this.#waiting.add(wake)
      })
    }
  }

  is(word: string): Promise<void> {
    return this.until(() => this.words.at(-1)?.startsWith(word) === true)
  }

  #say(word: string): void {
    if (this.words.at(-1) !== word) this.words.push(word)
    this.#wake()
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
