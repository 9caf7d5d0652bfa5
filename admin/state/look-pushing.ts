import { effect, type Signal, signal } from '@preact/signals'
import { type ApiError, asApiError } from '../api.ts'
import { type Clock, type Editing, RETRY_MS } from './look-editing.ts'

/** A change that nobody goes on with for so long is settled, ms: a drag is pushed once, when it ends. */
export const SETTLED_MS = 400

/**
 * Push while I edit: every settled change is published by itself, whole, as one look that the server has taken. All that
 * is pushed between on and off is one version of the overlay. Ends when another window has a hand in the draft.
 */
export class Pushing {
  readonly on: Signal<boolean> = signal(false)
  /** Why the newest change is not on air. */
  readonly trouble: Signal<ApiError | null> = signal(null)
  readonly #editing: Editing
  readonly #clock: Clock
  #sitting = ''
  /** Changes so far; whoever waits sees whether there was another. */
  #changes = 0
  #running: Promise<void> | null = null

  constructor(editing: Editing, clock: Clock, onEnded: () => void) {
    this.#editing = editing
    this.#clock = clock
    effect(() => {
      void editing.now.value
      if (this.on.peek()) this.#later(SETTLED_MS)
    })
    let adopted = 0
    effect(() => {
      const foreign = editing.adopted.value !== adopted || editing.keeping.value === 'theirs'
      adopted = editing.adopted.value
      if (!foreign || !this.on.peek()) return
      this.turn(false)
      onEnded()
    })
  }

  /** What differs from the air goes there when it is switched on. */
  turn(on: boolean): void {
    this.on.value = on
    this.trouble.value = null
    if (!on) return
    this.#sitting = this.#clock.now().toString(36)
    void this.#push()
  }

  /** Something is still on its way to the air. */
  get pending(): boolean {
    return this.on.peek() && this.#editing.differing.peek().length > 0
  }

  /** The editor is closed: what was changed last does not wait to be settled. */
  async finish(): Promise<void> {
    await this.#push()
    this.turn(false)
  }

  #later(ms: number): void {
    const change = ++this.#changes
    this.#clock.later(() => {
      if (change === this.#changes) void this.#push()
    }, ms)
  }

  async #push(): Promise<void> {
    while (this.#running !== null) await this.#running
    if (!this.pending) return
    this.#running = this.#publish()
    await this.#running
    this.#running = null
  }

  async #publish(): Promise<void> {
    try {
      await this.#editing.publish(this.#sitting)
      this.trouble.value = null
    } catch (thrown) {
      const error = asApiError(thrown)
      if (!this.on.peek()) return
      this.trouble.value = error
      // What the server does not take becomes no better by itself: the next change is tried.
      if (this.#editing.keeping.peek() !== 'refused') this.#later(RETRY_MS)
    }
  }
}
