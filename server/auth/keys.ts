import { timingSafeEqual } from 'node:crypto'
import type { Overlay, Overlays } from '../stores/stores.ts'
import { ID_BYTES } from './ids.ts'
import { hmac, type Seal } from './seal.ts'

const TAG_BYTES = 16
/** 32 bytes in base64url; the only form that is looked at. */
const FORM = /^[A-Za-z0-9_-]{43}$/

/**
 * Overlay keys: 16 bytes of the overlay's id and 16 bytes of HMAC(secret, id and version), in base64url. A key is never
 * stored, can be shown again, and dies when the overlay's version is raised.
 */
export class OverlayKeys {
  readonly #keys: Buffer[]

  constructor(seal: Seal) {
    this.#keys = seal.keys('overlay keys')
  }

  keyOf(overlay: Pick<Overlay, 'id' | 'keyVersion'>): string {
    const [newest] = this.#tags(overlay)
    return Buffer.concat([Buffer.from(overlay.id, 'base64url'), newest ?? Buffer.alloc(0)]).toString('base64url')
  }

  /** The overlay that the key opens, or null. Takes the same time for a wrong key as for a withdrawn one. */
  async find(key: string, overlays: Pick<Overlays, 'byId'>): Promise<Overlay | null> {
    if (!FORM.test(key)) return null
    const bytes = Buffer.from(key, 'base64url')
    const id = bytes.subarray(0, ID_BYTES).toString('base64url')
    const tag = bytes.subarray(ID_BYTES)
    const overlay = await overlays.byId(id)
    const right = this.#tags(overlay ?? { id, keyVersion: -1 }).filter((each) => timingSafeEqual(each, tag)).length > 0
    return right && overlay !== null && bytes.toString('base64url') === key ? overlay : null
  }

  #tags(overlay: Pick<Overlay, 'id' | 'keyVersion'>): Buffer[] {
    return this.#keys.map((key) => hmac(key, `${overlay.id}|${overlay.keyVersion}`).subarray(0, TAG_BYTES))
  }
}
