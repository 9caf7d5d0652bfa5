import { newSecret } from './ids.ts'

/** How long one counts, and how many do at a time; beyond it the oldest goes. */
export const NONCE_MS = 60_000
export const MAX_NONCES = 50

/** Words that nobody else knows, kept in memory or by all nodes together. The second kind throws busy while nobody can be asked. */
export interface Words {
  make(): string | Promise<string>
  has(nonce: string): boolean | Promise<boolean>
}

/** Words that this process alone knows for a minute: whoever is answered by one has reached this process. */
export class Nonces implements Words {
  readonly #until = new Map<string, number>()
  readonly #now: () => number

  /** `now`: ms of a clock that never jumps. */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  make(): string {
    const nonce = newSecret()
    this.#until.set(nonce, this.#now() + NONCE_MS)
    const [oldest] = this.#until.keys()
    if (this.#until.size > MAX_NONCES && oldest !== undefined) this.#until.delete(oldest)
    return nonce
  }

  has(nonce: string): boolean {
    return (this.#until.get(nonce) ?? 0) > this.#now()
  }
}
