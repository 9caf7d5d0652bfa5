import { setTimeout as pause } from 'node:timers/promises'
import type { Bus } from '../bus/bus.ts'
import type { Hub } from '../channels/hub.ts'
import type { Entry } from '../entries.ts'
import { isLease, type Leases } from '../leases/leases.ts'
import type { Log } from '../log.ts'
import { LOOK_EVERY_MS } from './homeless.ts'

export interface LossesParts {
  leases: Pick<Leases, 'again' | 'release'>
  bus: Pick<Bus, 'history' | 'begin' | 'end'>
  ingest: { channel(id: string): Entry | undefined; close(id: string): void }
  hub: Pick<Hub, 'has'>
  letGo(channelId: string): Promise<void>
  /** Where it is shown from now. */
  open(channelId: string): Promise<unknown>
  log: Log
}

/** Channels whose lease this node has lost. */
export class Losses {
  readonly #parts: LossesParts
  /** Not yet known to whom. */
  readonly #doubtful = new Set<string>()
  #closed = false

  constructor(parts: LossesParts) {
    this.#parts = parts
  }

  close(): void {
    this.#closed = true
  }

  /** Redis may only have forgotten: then it goes on as before, with a new number. */
  async lost(channelId: string): Promise<void> {
    const { ingest, leases, bus, log } = this.#parts
    const entry = ingest.channel(channelId)
    this.#doubtful.delete(channelId)
    if (entry === undefined || this.#closed) return
    try {
      const found = await leases.again(channelId)
      const { epoch } = await bus.history(channelId)
      if (isLease(found) && (epoch === null || epoch === entry.epoch)) {
        bus.begin({ channelId, fence: found.fence, epoch: entry.epoch, seq: entry.seq })
        return
      }
      await this.#leave(channelId)
    } catch (error) {
      this.#doubtful.add(channelId)
      log.warn({ err: error, channel: channelId }, 'who has a channel is not known right now')
    }
  }

  /** Where it could not be found out before. */
  async askAgain(): Promise<void> {
    await Promise.all([...this.#doubtful].map((channelId) => this.lost(channelId)))
  }

  /** Its home is elsewhere. Whoever listens here goes on from there. */
  async #leave(channelId: string): Promise<void> {
    const { ingest, bus, leases, letGo, log } = this.#parts
    log.warn({ channel: channelId }, 'a channel has its home elsewhere now')
    const entry = ingest.channel(channelId)
    await letGo(channelId)
    ingest.close(channelId)
    for (const { resolve } of entry?.waiting.splice(0) ?? []) resolve()
    await bus.end(channelId)
    await leases.release(channelId)
    await this.#goOnFromThere(channelId)
  }

  async #goOnFromThere(channelId: string): Promise<void> {
    const { hub, open, log } = this.#parts
    while (hub.has(channelId) && !this.#closed) {
      try {
        await open(channelId)
        return
      } catch (error) {
        log.debug({ err: error, channel: channelId }, 'a channel cannot be followed yet')
        await pause(LOOK_EVERY_MS)
      }
    }
  }
}
