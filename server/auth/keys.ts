import { timingSafeEqual } from 'node:crypto'
import type { Dock, Overlay } from '../stores/overlays.ts'
import { ID_BYTES } from './ids.ts'
import { hmac, type Seal } from './seal.ts'

const TAG_BYTES = 16
/** 32 bytes in base64url; the only form that is looked at. */
const FORM = /^[A-Za-z0-9_-]{43}$/

/** What a key may open. */
interface Keyed {
  id: string
  keyVersion: number
}

/**
 * Keys of pages: 16 bytes of the id of what they open and 16 bytes of HMAC(secret, id and version), in base64url. A key is
 * never stored, can be shown again, and dies when the version is raised.
 */
class PageKeys<T extends Keyed> {
  readonly #keys: Buffer[]

  constructor(seal: Seal, purpose: string) {
    this.#keys = seal.keys(purpose)
  }

  keyOf(opened: Keyed): string {
    const [newest] = this.#tags(opened)
    return Buffer.concat([Buffer.from(opened.id, 'base64url'), newest ?? Buffer.alloc(0)]).toString('base64url')
  }

  /** What the key opens, or null. Takes the same time for a wrong key as for a withdrawn one. */
  async find(key: string, all: { byId(id: string): Promise<T | null> }): Promise<T | null> {
    if (!FORM.test(key)) return null
    const bytes = Buffer.from(key, 'base64url')
    const id = bytes.subarray(0, ID_BYTES).toString('base64url')
    const tag = bytes.subarray(ID_BYTES)
    const found = await all.byId(id)
    const right = this.#tags(found ?? { id, keyVersion: -1 }).filter((each) => timingSafeEqual(each, tag)).length > 0
    return right && found !== null && bytes.toString('base64url') === key ? found : null
  }

  #tags({ id, keyVersion }: Keyed): Buffer[] {
    return this.#keys.map((key) => hmac(key, `${id}|${keyVersion}`).subarray(0, TAG_BYTES))
  }
}

export class OverlayKeys extends PageKeys<Overlay> {
  constructor(seal: Seal) {
    super(seal, 'overlay keys')
  }
}

/** Of an editor's preview: they show the overlay's draft, and no chat. */
export class PreviewKeys extends PageKeys<Overlay> {
  constructor(seal: Seal) {
    super(seal, 'preview keys')
  }
}

export class DockKeys extends PageKeys<Dock> {
  constructor(seal: Seal) {
    super(seal, 'dock keys')
  }
}
