import { timingSafeEqual } from 'node:crypto'
import { hmac, type Seal } from '../auth/seal.ts'

/** Says that a call was handed on by another node of the house, which knows the same secret. */
export const PASS_HEADER = 'x-crosschat-node'
/** How old a pass may be, or how far from the future, ms: clocks of the nodes may differ by that much. */
const GOOD_FOR_MS = 60_000
const PURPOSE = 'between nodes'

/** Signs calls from node to node. A pass is good for one method and address, and for a minute. */
export class Passes {
  readonly #seal: Seal

  constructor(seal: Seal) {
    this.#seal = seal
  }

  make(method: string, url: string, now = Date.now()): string {
    const [key] = this.#seal.keys(PURPOSE)
    if (key === undefined) throw new Error('A seal has at least one key.')
    return `${now}.${signed(key, method, url, now)}`
  }

  fits(pass: string, method: string, url: string, now = Date.now()): boolean {
    const [at = '', signature = ''] = pass.split('.')
    if (!(Math.abs(now - Number(at)) <= GOOD_FOR_MS)) return false
    const given = Buffer.from(signature)
    return this.#seal.keys(PURPOSE).some((key) => {
      const right = Buffer.from(signed(key, method, url, Number(at)))
      return right.length === given.length && timingSafeEqual(right, given)
    })
  }
}

function signed(key: Uint8Array, method: string, url: string, at: number): string {
  return hmac(key, `${at} ${method} ${url}`).toString('base64url')
}
