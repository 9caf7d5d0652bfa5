import type { DeedView } from '../api/moderation.ts'
import type { DeliveryView, NewWebhook, WebhookChange, WebhookView } from '../api/programs.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { WebhooksDoor } from '../house.ts'
import type { StreamState } from '../protocol.ts'
import type { Slice } from '../slice.ts'
import type { Person } from '../stores/erasures.ts'
import type { Webhook } from '../stores/programs.ts'
import type { Stores } from '../stores/stores.ts'
import { Turns } from '../turns.ts'
import type { Courier } from './courier.ts'
import { Couriers, type CouriersParts } from './couriers.ts'
import { WaitingNotes } from './notes.ts'
import { newWebhookSecret } from './signature.ts'
import { Sorting } from './sorting.ts'
import { BadTarget, targetOf } from './target.ts'
import { without } from './without.ts'

export const MAX_WEBHOOKS = 10
/** How long a secret that was exchanged signs beside the new one, ms. */
export const RETIRE_MS = 24 * 3_600_000

export interface WebhooksParts extends CouriersParts {
  stores: Pick<Stores, 'webhooks' | 'channels' | 'accounts'>
  stream(channelId: string): StreamState
}

/** Delivers what happens in a channel to the addresses that its owner named. Takes what the fork hands on, and holds up nobody. */
export class Webhooks implements WebhooksDoor {
  readonly #parts: WebhooksParts
  readonly #couriers: Couriers
  readonly #sorting: Sorting
  readonly #notes: WaitingNotes
  /** Of a channel's webhooks: two changes at once must not forget one another, and none may bring back what was removed. */
  readonly #turns = new Turns()

  constructor(parts: WebhooksParts) {
    this.#parts = parts
    this.#couriers = new Couriers(parts)
    this.#sorting = new Sorting(this.#couriers, (channelId) => parts.stream(channelId))
    this.#notes = new WaitingNotes(parts.stores.webhooks, parts.log)
  }

  /** Takes up what is kept. */
  async begin(): Promise<void> {
    await this.#resume(await this.#parts.stores.webhooks.all())
    this.watch()
  }

  /** Of one channel, which was delivered elsewhere until now. */
  async takeUp(channelId: string): Promise<void> {
    const all = await this.#parts.stores.webhooks.all()
    const known = this.#couriers.of(channelId)
    await this.#resume(all.filter((webhook) => webhook.channelId === channelId && !known.has(webhook.id)))
  }

  /** Something is still to be delivered. */
  waits(channelId: string): boolean {
    const couriers = [...this.#couriers.of(channelId).values()]
    return couriers.some(({ webhook, waiting }) => webhook.paused === null && waiting.count > 0)
  }

  /** Another node delivers: what waits is kept for it. */
  async letGo(channelId: string): Promise<void> {
    const couriers = this.#couriers.removeAll(channelId)
    this.#sorting.end(channelId)
    await this.#keep(couriers)
  }

  /** Keeps now and then how much waits. */
  watch(): void {
    this.#notes.watch(() => this.#couriers.all(), this.#parts.haste)
  }

  /** Keeps what waits. */
  async stop(): Promise<void> {
    await this.#notes.stop()
    await this.#keep(this.#couriers.all())
  }

  /** Never throws and never waits. */
  take(slice: Slice): void {
    this.#sorting.take(slice)
  }

  streamChanged(channelId: string): void {
    this.#sorting.streamChanged(channelId)
  }

  did(channelId: string, deed: DeedView): void {
    this.#sorting.did(channelId, deed)
  }

  suspended(channelId: string, on: boolean): void {
    for (const courier of this.#couriers.of(channelId).values()) courier.shut(on)
  }

  /** What a person wrote, and what was written down about them, leaves what waits. */
  erase(channelId: string, person: Person): void {
    for (const courier of this.#couriers.of(channelId).values()) courier.rewrite((text) => without(text, person))
  }

  list(channelId: string): WebhookView[] {
    const couriers = [...this.#couriers.of(channelId).values()]
    return couriers.map((courier) => courier.view()).sort((one, other) => one.createdAt - other.createdAt)
  }

  make(channelId: string, wanted: NewWebhook): Promise<WebhookView> {
    return this.#turns.take(channelId, () => this.#make(channelId, wanted))
  }

  async #make(channelId: string, wanted: NewWebhook): Promise<WebhookView> {
    if (this.list(channelId).length >= MAX_WEBHOOKS) {
      throw new CrossChatError('list_full', { message: `A channel has at most ${MAX_WEBHOOKS} webhooks.` })
    }
    const { name, url, events } = wanted
    const secret = newWebhookSecret()
    const webhook: Webhook = {
      ...{ id: newId(), channelId, name, url: this.#target(url), events: [...new Set(events)] },
      ...{ secret: this.#parts.vault.lock(secret), retiring: null, paused: null, createdAt: Date.now() },
    }
    await this.#parts.stores.webhooks.put(webhook)
    return { ...this.#open(webhook).view(), secret }
  }

  change(channelId: string, id: string, change: WebhookChange): Promise<WebhookView> {
    return this.#turns.take(channelId, () => this.#change(channelId, id, change))
  }

  async #change(channelId: string, id: string, change: WebhookChange): Promise<WebhookView> {
    const courier = this.#couriers.own(channelId, id)
    const { name, url, events, paused } = courier.webhook
    await this.#replace(courier, {
      name: change.name ?? name,
      url: change.url === undefined ? url : this.#target(change.url),
      events: change.events === undefined ? events : [...new Set(change.events)],
      paused: change.paused === undefined ? paused : change.paused ? (paused ?? 'hand') : null,
    })
    return courier.view()
  }

  rotate(channelId: string, id: string): Promise<WebhookView> {
    return this.#turns.take(channelId, () => this.#rotate(channelId, id))
  }

  async #rotate(channelId: string, id: string): Promise<WebhookView> {
    const courier = this.#couriers.own(channelId, id)
    const secret = newWebhookSecret()
    const retiring = { secret: courier.webhook.secret, until: Date.now() + RETIRE_MS }
    await this.#replace(courier, { secret: this.#parts.vault.lock(secret), retiring })
    return { ...courier.view(), secret }
  }

  remove(channelId: string, id: string): Promise<void> {
    return this.#turns.take(channelId, () => this.#remove(channelId, id))
  }

  async #remove(channelId: string, id: string): Promise<void> {
    const courier = this.#couriers.own(channelId, id)
    this.#couriers.remove(channelId, id)
    if (!this.#couriers.has(channelId)) this.#sorting.end(channelId)
    await this.#notes.settled()
    await courier.stop()
    await this.#parts.stores.webhooks.remove(id)
    this.#notes.forget(id)
  }

  test(channelId: string, id: string): Promise<DeliveryView> {
    return this.#couriers.own(channelId, id).test()
  }

  deliveries(channelId: string, id: string): DeliveryView[] {
    return [...this.#couriers.own(channelId, id).tries]
  }

  async #resume(some: Webhook[]): Promise<void> {
    const waiting = new Map((await this.#parts.stores.webhooks.waiting()).map((kept) => [kept.id, kept]))
    for (const webhook of some) {
      const kept = waiting.get(webhook.id)
      const courier = this.#open(webhook)
      courier.shut(await this.#isSuspended(webhook.channelId))
      courier.resume(kept?.texts ?? [], kept !== undefined && kept.texts === null ? kept.count : 0)
      // From now on, what is on disk does not wait there a second time.
      if (kept !== undefined) await this.#notes.note(webhook.id, kept.count)
    }
  }

  async #isSuspended(channelId: string): Promise<boolean> {
    const { channels, accounts } = this.#parts.stores
    const channel = await channels.byId(channelId)
    const account = channel === null ? null : await accounts.byId(channel.accountId)
    return account?.suspendedAt !== undefined
  }

  #open(webhook: Webhook): Courier {
    const courier = this.#couriers.open(webhook)
    this.#sorting.begin(webhook.channelId)
    return courier
  }

  async #keep(couriers: readonly Courier[]): Promise<void> {
    await Promise.all(couriers.map((courier) => courier.stop()))
    for (const courier of couriers) await this.#notes.keep(courier)
  }

  async #replace(courier: Courier, change: Partial<Webhook>): Promise<void> {
    const changed = { ...courier.webhook, ...change }
    await this.#parts.stores.webhooks.put(changed)
    courier.replace(changed)
  }

  #target(typed: string): string {
    try {
      return targetOf(typed, this.#parts.anywhere).href
    } catch (error) {
      if (!(error instanceof BadTarget)) throw error
      throw new CrossChatError('bad_request', { message: error.message, fields: { url: error.message } })
    }
  }
}
