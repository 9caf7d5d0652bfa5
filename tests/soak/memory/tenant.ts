import type { OverlayView } from '../../../server/api/overlays.ts'
import type { ProducedView } from '../../../server/api/sources.ts'
import { Listener } from '../../help/listener.ts'
import type { Panel } from '../../help/panel.ts'
import { type Written, written } from './chat.ts'
import { PatientPanel, patiently } from './patient-panel.ts'

/** Newest ids of its messages that a channel's people act upon. */
const KNOWN_IDS = 50
/** On a machine that is busy with other things. */
const WELCOME_WITHIN_MS = 60_000

/** One channel of the soak: somebody's panel, the pages that look at it, and what was said there lately. */
export class Tenant {
  readonly panel: Panel
  readonly name: string
  /** Of the overlay that stays. */
  readonly key: string
  sent = 0
  /** Streams that ended and were not discarded. */
  readonly kept: string[] = []
  #ids: string[] = []

  private constructor(panel: Panel, name: string, key: string) {
    this.panel = panel
    this.name = name
    this.key = key
  }

  static async register(base: string, name: string): Promise<Tenant> {
    const panel = await PatientPanel.register(base, name)
    return new Tenant(panel, name, (await panel.overlay()).key)
  }

  /** Somebody writes; what was shown can be acted upon. */
  async say(count: number): Promise<void> {
    const { events } = await this.push(written(count))
    this.#ids.push(...events.map(({ id }) => id))
    this.#ids = this.#ids.slice(-KNOWN_IDS)
  }

  async push({ platform, body, headers }: Written): Promise<ProducedView> {
    const answer = await this.panel.json<ProducedView>('POST', `/api/producers/${platform}`, body, {
      'Content-Type': 'text/plain',
      ...headers,
    })
    this.sent += answer.accepted
    return answer
  }

  /** A message of the last seconds, or null when nothing was said yet. */
  recent(): string | null {
    return this.#ids[Math.floor(Math.random() * this.#ids.length)] ?? null
  }

  /** A page that looks at the channel for so long, and comes back once in the middle of it, where it stood. */
  async watch(path: string, key: string | null, forMs: number): Promise<void> {
    const first = await this.#open(path, key)
    await pause(forMs / 2)
    first.close()
    const { epoch, seq } = first
    const second = await this.#open(path, key, epoch === '' ? undefined : { epoch, seq })
    await pause(forMs / 2)
    second.close()
  }

  async #open(path: string, key: string | null, at?: { epoch: string; seq: number }): Promise<Listener> {
    const { base, cookie } = this.panel
    const listener = new Listener(base, path, { Origin: base, Cookie: cookie })
    await listener.opened()
    listener.hello({ ...(key !== null && { key }), ...at })
    await listener.until(() => listener.welcome !== null || listener.closed !== null, WELCOME_WITHIN_MS)
    // What it is sent is nothing that this process keeps.
    listener.ws.on('message', () => {
      listener.frames.length = 0
      listener.events.length = 0
    })
    return listener
  }

  /** The same as text/event-stream. */
  async read(forMs: number): Promise<void> {
    const ending = new AbortController()
    const answer = await patiently(`${this.panel.base}/api/overlay/stream`, {
      headers: { Authorization: `Bearer ${this.key}` },
      signal: ending.signal,
    })
    const timer = setTimeout(() => ending.abort(), forMs)
    try {
      for await (const _ of answer.body ?? []);
    } catch (error) {
      if (!ending.signal.aborted) throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

export function keyOf({ url }: Pick<OverlayView, 'url'>): string {
  return url.split('#')[1] ?? ''
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
