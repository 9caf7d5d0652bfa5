import { KINDS } from '../../workers/message.ts'
import type { WebhookModeration, WebhookStream } from '../answers/webhook.ts'
import type { DeedView } from '../api/moderation.ts'
import type { DeliveryView, NewWebhook, WebhookChange, WebhookView } from '../api/programs.ts'
import { newId } from '../auth/ids.ts'
import type { Vault } from '../auth/vault.ts'
import { CrossChatError } from '../errors.ts'
import type { WebhooksDoor } from '../house.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { StreamState, WebhookEvent } from '../protocol.ts'
import type { Slice } from '../slice.ts'
import type { Person } from '../stores/erasures.ts'
import type { Webhook } from '../stores/programs.ts'
import type { Stores } from '../stores/stores.ts'
import { Turns } from '../turns.ts'
import { Courier, type CourierGround } from './courier.ts'
import { WaitingNotes } from './notes.ts'
import { newWebhookSecret } from './signature.ts'
import { BadTarget, targetOf } from './target.ts'
import { without } from './without.ts'

export const MAX_WEBHOOKS = 10
/** How long a secret that was exchanged signs beside the new one, ms. */
export const RETIRE_MS = 24 * 3_600_000
/** How often it is kept how much waits, so that it can be counted after a kill; ms. */
export const NOTE_EVERY_MS = 5_000

/** What each kind of event is called among those that can be chosen. */
const CHOSEN_AS: readonly WebhookEvent[] = KINDS.map((kind) => (kind === 'restore' ? 'remove' : kind))

export interface WebhooksParts {
  stores: Pick<Stores, 'webhooks' | 'channels' | 'accounts'>
  vault: Vault
  /** Also to addresses that are not public. */
  anywhere: boolean
  haste: number
  stream(channelId: string): StreamState
  log: Log
  metrics: Metrics
}

/** Delivers what happens in a channel to the addresses that its owner named. Takes what the fork hands on, and holds up nobody. */
export class Webhooks implements WebhooksDoor {
  readonly #parts: WebhooksParts
  readonly #byChannel = new Map<string, Map<string, Courier>>()
  /** The stream that runs, of channels with webhooks. */
  readonly #live = new Map<string, StreamState>()
  readonly #notes: WaitingNotes
  /** Of a channel's webhooks: two changes at once must not forget one another, and none may bring back what was removed. */
  readonly #turns = new Turns()
  #timer: NodeJS.Timeout | null = null
  #noting: Promise<void> | null = null

  constructor(parts: WebhooksParts) {
    this.#parts = parts
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
    const known = this.#byChannel.get(channelId)
    await this.#resume(all.filter((webhook) => webhook.channelId === channelId && !known?.has(webhook.id)))
  }

  /** Something is still to be delivered. */
  waits(channelId: string): boolean {
    const couriers = [...(this.#byChannel.get(channelId)?.values() ?? [])]
    return couriers.some(({ webhook, waiting }) => webhook.paused === null && waiting.count > 0)
  }

  /** Another node delivers: what waits is kept for it. */
  async letGo(channelId: string): Promise<void> {
    const couriers = [...(this.#byChannel.get(channelId)?.values() ?? [])]
    this.#byChannel.delete(channelId)
    this.#live.delete(channelId)
    await Promise.all(couriers.map((courier) => courier.stop()))
    for (const courier of couriers) await this.#notes.keep(courier)
  }

  /** Keeps now and then how much waits. */
  watch(): void {
    this.#timer = setInterval(() => {
      this.#noting ??= this.#notes.noteAll(this.#couriers()).finally(() => {
        this.#noting = null
      })
    }, NOTE_EVERY_MS / this.#parts.haste)
    this.#timer.unref()
  }

  /** Keeps what waits. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    await this.#noting
    const couriers = this.#couriers()
    await Promise.all(couriers.map((courier) => courier.stop()))
    for (const courier of couriers) await this.#notes.keep(courier)
  }

  /** Never throws and never waits. */
  take(slice: Slice): void {
    const couriers = this.#byChannel.get(slice.channelId)
    if (couriers === undefined) return
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
    if (!this.#byChannel.has(channelId)) return
    const before = this.#live.get(channelId)
    const now = this.#parts.stream(channelId)
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

  suspended(channelId: string, on: boolean): void {
    for (const courier of this.#byChannel.get(channelId)?.values() ?? []) courier.shut(on)
  }

  /** What a person wrote, and what was written down about them, leaves what waits. */
  erase(channelId: string, person: Person): void {
    for (const courier of this.#byChannel.get(channelId)?.values() ?? []) {
      courier.rewrite((text) => without(text, person))
    }
  }

  list(channelId: string): WebhookView[] {
    const couriers = [...(this.#byChannel.get(channelId)?.values() ?? [])]
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
    const courier = this.#own(channelId, id)
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
    const courier = this.#own(channelId, id)
    const secret = newWebhookSecret()
    const retiring = { secret: courier.webhook.secret, until: Date.now() + RETIRE_MS }
    await this.#replace(courier, { secret: this.#parts.vault.lock(secret), retiring })
    return { ...courier.view(), secret }
  }

  remove(channelId: string, id: string): Promise<void> {
    return this.#turns.take(channelId, () => this.#remove(channelId, id))
  }

  async #remove(channelId: string, id: string): Promise<void> {
    const courier = this.#own(channelId, id)
    const couriers = this.#byChannel.get(channelId)
    couriers?.delete(id)
    if (couriers?.size === 0) this.#byChannel.delete(channelId)
    await this.#noting
    await courier.stop()
    await this.#parts.stores.webhooks.remove(id)
    this.#notes.forget(id)
  }

  test(channelId: string, id: string): Promise<DeliveryView> {
    return this.#own(channelId, id).test()
  }

  deliveries(channelId: string, id: string): DeliveryView[] {
    return [...this.#own(channelId, id).tries]
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

  #couriers(): Courier[] {
    return [...this.#byChannel.values()].flatMap((each) => [...each.values()])
  }

  #own(channelId: string, id: string): Courier {
    const courier = this.#byChannel.get(channelId)?.get(id)
    if (courier === undefined) throw new CrossChatError('not_found')
    return courier
  }

  #open(webhook: Webhook): Courier {
    const courier = new Courier(webhook, this.#ground())
    const { channelId } = webhook
    const couriers = this.#byChannel.get(channelId) ?? new Map<string, Courier>()
    couriers.set(webhook.id, courier)
    this.#byChannel.set(channelId, couriers)
    const stream = this.#parts.stream(channelId)
    if (stream.live) this.#live.set(channelId, stream)
    return courier
  }

  #ground(): CourierGround {
    const { anywhere, haste, log, metrics, stores } = this.#parts
    return {
      anywhere,
      haste,
      secrets: (webhook) => this.#secrets(webhook),
      tried: (delivered) => metrics.webhookOutTotal.inc({ result: delivered ? 'ok' : 'failed' }),
      paused: (webhook, why) => {
        log.warn({ webhook: webhook.id, why }, 'a webhook is paused')
        stores.webhooks.put(webhook).catch((error: unknown) => log.error({ err: error }, 'a webhook was not kept'))
      },
    }
  }

  /** One that was sealed with a secret of the instance that is gone signs nothing; a new one must be made. */
  #secrets({ secret, retiring }: Webhook): string[] {
    const sealed = [secret, ...(retiring !== null && retiring.until > Date.now() ? [retiring.secret] : [])]
    return sealed.flatMap((each) => this.#parts.vault.open(each) ?? [])
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

  #tell(channelId: string, chosen: WebhookEvent, event: WebhookStream | WebhookModeration): void {
    const text = JSON.stringify(event)
    for (const courier of this.#byChannel.get(channelId)?.values() ?? []) {
      if (courier.webhook.events.includes(chosen)) courier.add(text)
    }
  }
}

function streamEvent({ id = '', title, startedAt }: StreamState, live: boolean): WebhookStream {
  return { kind: 'stream', live, id, title: title ?? '', startedAt: startedAt ?? 0, at: Date.now() }
}
