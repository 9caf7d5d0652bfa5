import { newSecret } from '../auth/ids.ts'
import { NONCE_MS, type Words } from '../auth/nonces.ts'
import type { Link } from './link.ts'

/** Words that all nodes know for a minute: whoever is answered by one has reached the house. */
export class SharedNonces implements Words {
  readonly #link: Link

  constructor(link: Link) {
    this.#link = link
  }

  async make(): Promise<string> {
    const nonce = newSecret()
    await this.#link.ask(['SET', nameOf(nonce), '1', 'PX', String(NONCE_MS)])
    return nonce
  }

  async has(nonce: string): Promise<boolean> {
    return (await this.#link.ask(['EXISTS', nameOf(nonce)])) === 1
  }
}

const nameOf = (nonce: string) => `crosschat:nonce:${nonce}`
