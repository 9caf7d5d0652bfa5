import { CrossChatError } from '../errors.ts'
import type { Holder } from '../leases/leases.ts'

/** The channel has its home on another node. */
export class Elsewhere extends CrossChatError {
  readonly holder: Holder
  constructor(holder: Holder) {
    super('moved', { retryAfter: 1 })
    this.holder = holder
  }
}
