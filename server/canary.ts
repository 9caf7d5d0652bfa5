import { randomBytes } from 'node:crypto'
import { type Draft, HOUSE } from '../workers/message.ts'
import { UNRULED } from '../workers/ruled.ts'
import type { LivePeer, Member } from './channels/audience.ts'
import type { Hub } from './channels/hub.ts'
import type { Frame } from './frame.ts'
import type { Ingest } from './ingest.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

export const SING_EVERY_MS = 30_000
/** A message that is not back by then is lost. */
export const BACK_WITHIN_MS = 5_000
/** No channel of an account is named so: those have longer ids. */
const CHANNEL = 'canary'

interface CanaryParts {
  ingest: Pick<Ingest, 'open' | 'close' | 'submit'>
  hub: Pick<Hub, 'join' | 'leave'>
  log: Log
  metrics: Pick<Metrics, 'canaryTotal' | 'canarySeconds'>
  backWithinMs?: number
}

/**
 * Sends itself a message through the whole line, from the worker to a listener in the hub, and raises the alarm when it does not come
 * back: chats that are merely quiet look the same from outside. It sits in a channel of its own that stands only meanwhile.
 */
export class Canary {
  readonly #parts: CanaryParts
  #timer: NodeJS.Timeout | null = null
  #singing = false
  #well = true

  constructor(parts: CanaryParts) {
    this.#parts = parts
  }

  begin(): void {
    this.#timer = setInterval(() => void this.sing(), SING_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  /** Resolves with whether the message came back. Never rejects. */
  async sing(): Promise<boolean> {
    if (this.#singing) return this.#well
    this.#singing = true
    const began = performance.now()
    const back = await this.#roundTrip().catch((error: unknown) => {
      this.#parts.log.debug({ err: error }, 'the canary could not sing')
      return false
    })
    this.#singing = false
    this.#tell(back, performance.now() - began)
    return back
  }

  async #roundTrip(): Promise<boolean> {
    const { ingest, hub, backWithinMs = BACK_WITHIN_MS } = this.#parts
    const id = `${HOUSE}:${randomBytes(8).toString('hex')}`
    const entry = ingest.open(CHANNEL, UNRULED)
    const ear = new Ear(id)
    hub.join(entry, ear, MEMBER, null)
    const late = setTimeout(() => ear.close(), backWithinMs)
    try {
      // Whether it was accepted is not asked: only what is heard counts.
      const refused = ingest.submit(entry, { type: 'event', draft: song(id) }).then(() => ear.heard)
      return await Promise.race([ear.heard, refused])
    } finally {
      clearTimeout(late)
      hub.leave(ear)
      ingest.close(CHANNEL)
    }
  }

  /** Told when it changes, not at each try. */
  #tell(back: boolean, ms: number): void {
    const { log, metrics } = this.#parts
    metrics.canaryTotal.inc({ result: back ? 'back' : 'lost' })
    if (back) metrics.canarySeconds.set(ms / 1_000)
    if (back === this.#well) return
    this.#well = back
    if (back) log.info({ ms: Math.round(ms) }, 'the line carries messages again')
    else log.error('a message to oneself did not come back: the line does not carry messages')
  }
}

const MEMBER: Member = { role: 'dock', client: { name: CHANNEL, obs: null, since: 0 } }

function song(id: string): Draft {
  const now = Date.now()
  return {
    kind: 'notice',
    id,
    platform: HOUSE,
    at: now,
    receivedAt: now,
    what: 'other',
    text: CHANNEL,
    simulated: true,
  }
}

/** Listens for one event among the frames. */
class Ear implements LivePeer {
  readonly waiting = 0
  readonly heard: Promise<boolean>
  readonly #id: string
  #resolve: (heard: boolean) => void = () => {}

  constructor(id: string) {
    this.#id = id
    this.heard = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  send({ text }: Frame): void {
    if (text.includes(this.#id)) this.#resolve(true)
  }

  replay(): void {}

  close(): void {
    this.#resolve(false)
  }

  ping(): void {}
}
