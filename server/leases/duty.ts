import type { Log } from '../log.ts'
import type { Leases } from './leases.ts'

/** Work of the whole house that one node at a time does: the one with the lease of its name. */
export class Duty {
  readonly #leases: Pick<Leases, 'take' | 'of'>
  readonly #name: string
  readonly #log: Log

  constructor(leases: Pick<Leases, 'take' | 'of'>, name: string, log: Log) {
    this.#leases = leases
    // No channel has such an id.
    this.#name = `duty:${name}`
    this.#log = log
  }

  /** Whether it is this node's now. While nobody can say, it is nobody's, and waits. */
  async mine(): Promise<boolean> {
    try {
      await this.#leases.take(this.#name)
      return this.#leases.of(this.#name)?.sure === true
    } catch (error) {
      this.#log.debug({ err: error, duty: this.#name }, 'whose work it is is not known right now')
      return false
    }
  }
}
