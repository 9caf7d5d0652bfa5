import type { Hand } from './hands.ts'
import { pause } from './tenant.ts'

/** Lets hands act until they are stopped, each at its own pace, and counts what became of it. */
export class Load {
  acts = 0
  /** What failed, as a sentence → how often. */
  readonly failures = new Map<string, number>()
  #stopped = false
  readonly #running: Promise<void>[]

  constructor(hands: readonly Hand[]) {
    this.#running = hands.map((hand) => this.#repeat(hand))
  }

  /** Resolves once every hand has finished what it was about. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#running)
  }

  /** What fails is counted and stops nothing. */
  async once(name: string, act: () => Promise<void>): Promise<void> {
    try {
      await act()
      this.acts++
    } catch (error) {
      this.#fail(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #repeat({ name, everyMs, act }: Hand): Promise<void> {
    while (!this.#stopped) {
      await pause(everyMs * (0.5 + Math.random()))
      if (!this.#stopped) await this.once(name, act)
    }
  }

  /** Ids and numbers differ from act to act. */
  #fail(sentence: string): void {
    const same = sentence.replace(/[\w-]{20,}|\d+/g, '…').slice(0, 200)
    const before = this.failures.get(same) ?? 0
    if (before === 0) console.log(`failed: ${sentence}`)
    this.failures.set(same, before + 1)
  }
}
