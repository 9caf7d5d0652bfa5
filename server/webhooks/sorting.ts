import { KINDS } from '../../workers/message.ts'
import type { WebhookModeration, WebhookStream } from '../answers/webhook.ts'
import type { DeedView } from '../api/moderation.ts'
import type { StreamState, WebhookEvent } from '../protocol.ts'
import type { Slice } from '../slice.ts'
import type { Couriers } from './couriers.ts'

/** What each kind of event is called among those that can be chosen. */
const CHOSEN_AS: readonly WebhookEvent[] = KINDS.map((kind) => (kind === 'restore' ? 'remove' : kind))

type StreamOf = (channelId: string) => StreamState

/** Gives each courier, of what happens in its channel, what was chosen for it. */
export class Sorting {
  readonly #couriers: Pick<Couriers, 'has' | 'of'>
  readonly #streamOf: StreamOf
  /** The stream that runs, of channels with webhooks. */
  readonly #live = new Map<string, StreamState>()

  constructor(couriers: Pick<Couriers, 'has' | 'of'>, streamOf: StreamOf) {
    this.#couriers = couriers
    this.#streamOf = streamOf
  }

  /** There is a courier for the channel. A stream that runs already is not told. */
  begin(channelId: string): void {
    const stream = this.#streamOf(channelId)
    if (stream.live) this.#live.set(channelId, stream)
  }

  end(channelId: string): void {
    this.#live.delete(channelId)
  }

  /** Never throws and never waits. */
  take(slice: Slice): void {
    const couriers = this.#couriers.of(slice.channelId)
    if (couriers.size === 0) return
    for (const { kind, start, end } of slice.events) {
      const chosen = CHOSEN_AS[kind]
      if (chosen === undefined) continue
      let text: string | null = null
      for (const courier of couriers.values()) {
        if (!courier.webhook.events.includes(chosen)) continue
        text ??= slice.frame.text.toString('utf8', start, end)
        courier.add(text)
      }
    }
  }

  streamChanged(channelId: string): void {
    if (!this.#couriers.has(channelId)) return
    const before = this.#live.get(channelId)
    const now = this.#streamOf(channelId)
    if (now.live) this.#live.set(channelId, now)
    else this.#live.delete(channelId)
    if (before?.id === now.id) return
    if (before !== undefined) this.#tell(channelId, 'stream', streamEvent(before, false))
    if (now.live) this.#tell(channelId, 'stream', streamEvent(now, true))
  }

  did(channelId: string, deed: DeedView): void {
    const event: WebhookModeration = { kind: 'moderation', deed }
    this.#tell(channelId, 'moderation', event)
  }

  #tell(channelId: string, chosen: WebhookEvent, event: WebhookStream | WebhookModeration): void {
    const text = JSON.stringify(event)
    for (const courier of this.#couriers.of(channelId).values()) {
      if (courier.webhook.events.includes(chosen)) courier.add(text)
    }
  }
}

function streamEvent({ id = '', title, startedAt }: StreamState, live: boolean): WebhookStream {
  return { kind: 'stream', live, id, title: title ?? '', startedAt: startedAt ?? 0, at: Date.now() }
}
