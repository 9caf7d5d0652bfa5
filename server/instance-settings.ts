import type { Registration } from './choices.ts'
import { CrossChatError } from './errors.ts'
import type { InstanceRecord } from './stores/instance.ts'
import type { Stores } from './stores/stores.ts'

const GIB = 1_024 ** 3
/** Bytes of transcripts that a channel may keep where the owner of the instance has not said otherwise. */
export const CHANNEL_BYTES = 20 * GIB
export const MIN_CHANNEL_BYTES = GIB / 16
export const MAX_CHANNEL_BYTES = 10_000 * GIB

export interface Given {
  /** What the environment says, or what stands for it. */
  registration: Registration
  /** The environment says it, and nobody here can change it. */
  fixed: boolean
}

/** What the owner of the instance decides while it runs; kept over a restart. What the environment says goes before. */
export class InstanceSettings {
  readonly #store: Stores['instance']
  readonly #given: Given
  #kept: InstanceRecord

  private constructor(store: Stores['instance'], given: Given, kept: InstanceRecord) {
    this.#store = store
    this.#given = given
    this.#kept = kept
  }

  static async open(store: Stores['instance'], given: Given): Promise<InstanceSettings> {
    return new InstanceSettings(store, given, await store.get())
  }

  get registration(): Registration {
    return this.#given.fixed ? this.#given.registration : (this.#kept.registration ?? this.#given.registration)
  }

  get registrationFixed(): boolean {
    return this.#given.fixed
  }

  /** Bytes of transcripts that each channel may keep. */
  get channelBytes(): number {
    return this.#kept.channelBytes ?? CHANNEL_BYTES
  }

  /** Holds when it is on the disk. Throws registration_fixed; then nothing changed. */
  async change(change: InstanceRecord): Promise<void> {
    if (change.registration !== undefined && this.#given.fixed) throw new CrossChatError('registration_fixed')
    const next = { ...this.#kept, ...change }
    await this.#store.put(next)
    this.#kept = next
  }
}
