import type { Registration } from './choices.ts'
import { CrossChatError } from './errors.ts'
import type { Log } from './log.ts'
import type { InstanceRecord } from './stores/instance.ts'
import type { Stores } from './stores/stores.ts'

/** Of several servers, each looks so often what was changed on another one, ms. */
export const LOOK_EVERY_MS = 2_000

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
  #timer: NodeJS.Timeout | null = null

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

  /** What was changed on another server holds here from now on. */
  async look(): Promise<void> {
    const known = this.#kept
    const found = await this.#store.get()
    // What was changed here meanwhile is newer.
    if (this.#kept === known) this.#kept = found
  }

  /** Looks again and again, until `stop`. */
  watch(log: Log): void {
    this.#timer = setInterval(() => {
      this.look().catch((error: unknown) => log.warn({ err: error }, 'settings of the instance could not be read anew'))
    }, LOOK_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  /** Holds when it is on the disk. Throws registration_fixed; then nothing changed. */
  async change(change: InstanceRecord): Promise<void> {
    if (change.registration !== undefined && this.#given.fixed) throw new CrossChatError('registration_fixed')
    const next = { ...(await this.#store.get()), ...change }
    await this.#store.put(next)
    this.#kept = next
  }
}
