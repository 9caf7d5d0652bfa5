import { timingSafeEqual } from 'node:crypto'
import { ID_BYTES } from './ids.ts'
import { hmac, type Seal } from './seal.ts'

const TAG_BYTES = 16
const FORM = /^[A-Za-z0-9_-]{43}$/

/**
 * The last part of an address for signed deliveries: the channel's id and a seal on it and the platform. It cannot be guessed, says by
 * itself whose it is, and needs no keeping. It opens nothing by itself: each delivery carries its platform's signature.
 */
export class HookKeys {
  readonly #keys: Buffer[]

  constructor(seal: Seal) {
    this.#keys = seal.keys('hooks')
  }

  keyOf(channelId: string, platform: string): string {
    const [newest] = this.#tags(channelId, platform)
    return Buffer.concat([Buffer.from(channelId, 'base64url'), newest ?? Buffer.alloc(0)]).toString('base64url')
  }

  /** The id of the channel, or null when the key was not made here for this platform. */
  channelOf(key: string, platform: string): string | null {
    if (!FORM.test(key)) return null
    const bytes = Buffer.from(key, 'base64url')
    const channelId = bytes.subarray(0, ID_BYTES).toString('base64url')
    const tag = bytes.subarray(ID_BYTES)
    const right = this.#tags(channelId, platform).some((each) => timingSafeEqual(each, tag))
    return right && bytes.toString('base64url') === key ? channelId : null
  }

  #tags(channelId: string, platform: string): Buffer[] {
    return this.#keys.map((key) => hmac(key, `${channelId}|${platform}`).subarray(0, TAG_BYTES))
  }
}
