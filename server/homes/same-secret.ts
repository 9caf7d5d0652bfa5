import { hmac, type Seal } from '../auth/seal.ts'
import type { Log } from '../log.ts'
import type { Link } from '../redis/link.ts'
import { textOf } from '../redis/reply.ts'
import { Script } from '../redis/script.ts'

/** So long after the last node has ended another secret is taken, ms, and how often that is put off. */
export const KNOWN_MS = 10_000
const AGAIN_EVERY_MS = 3_000

const KEY = 'crosschat:secret'
const PURPOSE = 'fingerprint among nodes'

/** KEYS secret, ARGV lasts-ms and the fingerprints, newest first → 1 when one of them is the house's, or there was none. */
const KNOW = new Script(`
local known = redis.call('GET', KEYS[1])
for i = 2, #ARGV do
  if not known or known == ARGV[i] then
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
    return 1
  end
end
return 0
`)

/**
 * Nodes with different secrets would refuse each other's calls, cookies and keys. Redis holds a fingerprint, from which nobody finds the secret;
 * a node that knows several secrets fits where one of them does, so that a secret can be exchanged node by node.
 */
export class SameSecret {
  readonly #link: Pick<Link, 'run'>
  readonly #fingerprints: string[]
  readonly #log: Log
  #timer: NodeJS.Timeout | null = null
  #told = false

  constructor(link: Pick<Link, 'run'>, seal: Seal, log: Log) {
    this.#link = link
    this.#fingerprints = seal.keys(PURPOSE).map((key) => hmac(key, PURPOSE).toString('base64url'))
    this.#log = log
  }

  /** Throws with a sentence when the other nodes have another secret. */
  async begin(): Promise<void> {
    if (!(await this.#fits())) throw new Error(REFUSAL)
    this.#timer = setInterval(() => void this.#again(), AGAIN_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  async #fits(): Promise<boolean> {
    return textOf(await this.#link.run(KNOW, [KEY], [String(KNOWN_MS), ...this.#fingerprints])) === '1'
  }

  /** Redis may have forgotten it, and another node have come first. */
  async #again(): Promise<void> {
    const fits = await this.#fits().catch((error: unknown) => {
      this.#log.debug({ err: error }, 'whether all servers have one secret is not known right now')
      return true
    })
    if (!fits && !this.#told) this.#log.error(REFUSAL)
    this.#told = !fits
  }
}

const REFUSAL = `The servers that share REDIS_URL have another CROSSCHAT_SECRET. Give all of them the same one; to exchange it, give each the new and the old one. When none of them runs any more, another secret is taken after ${KNOWN_MS / 1_000} s.`
