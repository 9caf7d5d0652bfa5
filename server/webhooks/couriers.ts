import type { Vault } from '../auth/vault.ts'
import { CrossChatError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Webhook } from '../stores/programs.ts'
import type { Stores } from '../stores/stores.ts'
import { Courier, type CourierGround } from './courier.ts'

const NONE: ReadonlyMap<string, Courier> = new Map()

export interface CouriersParts {
  stores: Pick<Stores, 'webhooks'>
  vault: Vault
  /** Also to addresses that are not public. */
  anywhere: boolean
  haste: number
  log: Log
  metrics: Metrics
}

/** A courier for every webhook that is delivered here, by channel. */
export class Couriers {
  readonly #parts: CouriersParts
  readonly #ground: CourierGround
  readonly #byChannel = new Map<string, Map<string, Courier>>()

  constructor(parts: CouriersParts) {
    this.#parts = parts
    this.#ground = this.#makeGround()
  }

  has(channelId: string): boolean {
    return this.#byChannel.has(channelId)
  }

  of(channelId: string): ReadonlyMap<string, Courier> {
    return this.#byChannel.get(channelId) ?? NONE
  }

  /** Throws not_found, also for one of another channel. */
  own(channelId: string, id: string): Courier {
    const courier = this.of(channelId).get(id)
    if (courier === undefined) throw new CrossChatError('not_found')
    return courier
  }

  all(): Courier[] {
    return [...this.#byChannel.values()].flatMap((each) => [...each.values()])
  }

  open(webhook: Webhook): Courier {
    const courier = new Courier(webhook, this.#ground)
    const { channelId } = webhook
    const couriers = this.#byChannel.get(channelId) ?? new Map<string, Courier>()
    this.#byChannel.set(channelId, couriers.set(webhook.id, courier))
    return courier
  }

  remove(channelId: string, id: string): void {
    const couriers = this.#byChannel.get(channelId)
    couriers?.delete(id)
    if (couriers?.size === 0) this.#byChannel.delete(channelId)
  }

  /** Gives those that there were. */
  removeAll(channelId: string): Courier[] {
    const couriers = [...this.of(channelId).values()]
    this.#byChannel.delete(channelId)
    return couriers
  }

  #makeGround(): CourierGround {
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
}
