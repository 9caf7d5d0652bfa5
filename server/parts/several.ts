import { isAnyAddress } from '../auth/addresses.ts'
import type { Words } from '../auth/nonces.ts'
import type { ResetLinking } from '../auth/reset-links.ts'
import type { Bus } from '../bus/bus.ts'
import type { Previews } from '../channels/previews.ts'
import type { Place } from '../homes/followed.ts'
import type { Homes } from '../homes/homes.ts'
import type { NodeList } from '../homes/node-list.ts'
import { openShared, type Shared } from '../homes/open.ts'
import { type Forget, forgetEverywhere, obey, SharedHub, SharedPreviews } from '../homes/shared-hub.ts'
import type { Sockets, SocketsHere } from '../homes/sockets-elsewhere.ts'
import type { SharedState } from '../homes/state.ts'
import type { HubDoor, PreviewsDoor } from '../house.ts'
import { Duty } from '../leases/duty.ts'
import type { Line } from '../line.ts'
import type { Tally } from '../redis/tally.ts'
import type { Slice } from '../slice.ts'
import type { Ground } from './ground.ts'
import { makeHomes } from './homes.ts'
import type { Nodes, Running } from './nodes.ts'

/** Throws with a sentence when there is nothing that it could share with them. */
export async function openSeveral(ground: Ground, redisUrl: string): Promise<Nodes> {
  const here = { address: ground.config.nodeUrl ?? '' }
  const shared = await openShared(redisUrl, ground.seal, ground.log, () => here.address)
  return new Several(ground, shared, here)
}

/** One of several servers: each channel has its home at one of them. */
class Several implements Nodes {
  readonly bus: Bus
  readonly resetLinks: ResetLinking
  readonly nonces: Words
  readonly tally: Tally
  readonly list: NodeList
  readonly #ground: Ground
  readonly #shared: Shared
  readonly #here: { address: string }
  homes: Homes | null = null

  constructor(ground: Ground, shared: Shared, here: { address: string }) {
    this.bus = shared.bus
    this.resetLinks = shared.resetLinks
    this.nonces = shared.nonces
    this.tally = shared.tally
    this.list = shared.nodes
    this.#ground = ground
    this.#shared = shared
    this.#here = here
  }

  stateOf(channelId: string): SharedState | null {
    return this.homes?.stateOf(channelId) ?? null
  }

  socketsOf(channelId: string): Sockets {
    return this.#shared.sockets.of(channelId)
  }

  async runs(channelId: string): Promise<boolean> {
    const elsewhere = await this.homes?.elsewhere(channelId).catch(() => 'unknown')
    return elsewhere === null
  }

  /** Nodes of which each keeps a store of its own do for it all that there is to do. */
  duty(name: string): () => Promise<boolean> {
    const { config, log } = this.#ground
    if (config.databaseUrl === null) return async () => true
    const duty = new Duty(this.#shared.leases, name, log)
    return () => duty.mine()
  }

  hubOf(own: HubDoor): HubDoor {
    return new SharedHub(own, (channelId) => this.socketsOf(channelId), this.#shout)
  }

  previewsOf(own: PreviewsDoor): PreviewsDoor {
    return new SharedPreviews(own, this.#shout)
  }

  forgetOf(own: Forget): Forget {
    return forgetEverywhere(own, this.#shout)
  }

  changed(channelId: string, now = false): void {
    this.homes?.changed(channelId, now)
  }

  counts(slice: Slice): boolean {
    return this.homes?.counts(slice) ?? false
  }

  idle(channelId: string): void {
    this.homes?.idle(channelId)
  }

  hears(hub: HubDoor, previews: Previews, forget: Forget): ReturnType<Nodes['hears']> {
    return {
      state: (channelId, state) => this.homes?.heardState(channelId, state),
      anew: (channelId, history) => this.homes?.heardAnew(channelId, history),
      shouted: (text) => obey(text, { hub, previews, forget }),
      refused: (channelId) => this.#ground.log.warn({ channel: channelId }, 'what was written late was refused'),
    }
  }

  listens(address: string): void {
    const { config, log } = this.#ground
    if (config.nodeUrl !== null) return
    if (isAnyAddress(config.host))
      log.warn({ address }, 'other machines do not reach this one there: CROSSCHAT_NODE_URL says where they do')
    this.#here.address = address
    void this.#shared.leases.announce()
  }

  address(): string {
    return this.#here.address
  }

  /** What the life before left is taken up with each channel: where it went on meanwhile, its home knows more. */
  async begin(running: Running): Promise<void> {
    const { settings, log } = this.#ground
    const homes = makeHomes(this.#ground, this.#shared, running)
    this.homes = homes
    running.line.claim = (channelId) => homes.claim(channelId)
    running.streams.fence = (channelId) => homes.fence(channelId)
    running.webhooks.watch()
    settings.watch(log)
    running.erasures.watch()
    this.#shared.sockets.begin(socketsHere(running))
    await homes.begin()
  }

  open(channelId: string, line: Pick<Line, 'open'>): Promise<Place> {
    return this.homes?.open(channelId) ?? line.open(channelId)
  }

  leave(): void {
    this.#shared.leave()
  }

  async handOver(): Promise<void> {
    await this.homes?.close()
  }

  readonly #shout = (text: string) => this.bus.shout(text)
}

/** What the others are told of. */
function socketsHere({ hub, ingest }: Running): SocketsHere {
  return {
    channels: () => new Set([...hub.listened(), ...[...ingest.entries()].map(({ id }) => id)]),
    of: (channelId) => ({ overlays: hub.clients(channelId), docks: hub.docks(channelId) }),
    changed: (channelId) => hub.statusChanged(channelId),
  }
}
