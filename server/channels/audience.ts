import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Frame } from '../frame.ts'
import type { ChosenSettings } from '../look.ts'
import {
  type ChannelRole,
  CLOSE,
  type DockClient,
  type DockScope,
  type OverlayClient,
  type PageReport,
} from '../protocol.ts'
import type { Channel, Peer } from './channel.ts'
import type { Agent } from './report.ts'

/** Peers that are told in one turn of the event loop that this process ends. */
export const SENT_AWAY_A_TURN = 100
/** Pages open at a time by one key of an overlay or dock: a key that got about must not take the places of all. */
export const MAX_PER_KEY = 2_000

/** Who a peer is to the hub. */
export interface Member {
  role: 'overlay' | 'dock' | 'panel'
  /** Set for overlays. Shared by every hello of a peer, so that what it reported stays. */
  overlay?: { id: string; settings: ChosenSettings; report: PageReport | null } & Agent
  /** Set for docks. */
  dock?: { id: string; scope: DockScope }
  /** Set for panels. */
  account?: PanelUser
  client: { name: string; obs: string | null; since: number }
}
/** Who sits at a panel, and by which session. */
export interface PanelUser {
  id: string
  sessionId: string
  role: ChannelRole
}

/** A peer that answers pings. */
export interface LivePeer extends Peer {
  ping(): void
  /** Bytes that wait for it to read them. */
  readonly waiting: number
}

export type Seated = Member & { channel: Channel }
type Which = (member: Seated) => boolean

/** Who listens, over all channels, and as what. */
export class Audience {
  readonly #members = new Map<LivePeer, Seated>()
  /** How many each overlay or dock has. */
  readonly #byKey = new Map<string, number>()
  #away = false

  get size(): number {
    return this.#members.size
  }

  /** Bytes that wait for all of them. */
  get waiting(): number {
    let waiting = 0
    for (const peer of this.#members.keys()) waiting += peer.waiting
    return waiting
  }

  get overlays(): number {
    let overlays = 0
    for (const { role } of this.#members.values()) if (role === 'overlay') overlays++
    return overlays
  }

  /** Whether one more fits in by its key; whoever is in already does. */
  hasRoom(peer: LivePeer, member: Member): boolean {
    return this.#members.has(peer) || (this.#byKey.get(keyOf(member) ?? '') ?? 0) < MAX_PER_KEY
  }

  /** Who comes after all were sent away, since it was let in before, goes too. */
  seat(peer: LivePeer, member: Seated): void {
    if (!this.#members.has(peer)) this.#count(member, 1)
    this.#members.set(peer, member)
    if (this.#away) peer.close(CLOSE.restart)
  }

  /** Gives who they were. */
  leave(peer: LivePeer): Seated | undefined {
    const member = this.#members.get(peer)
    this.#members.delete(peer)
    if (member !== undefined) this.#count(member, -1)
    return member
  }

  of(peer: Peer): Seated | undefined {
    return this.#members.get(peer as LivePeer)
  }

  clients(peers: Iterable<Peer>): OverlayClient[] {
    return [...peers].flatMap((peer) => {
      const member = this.of(peer)
      if (member?.overlay === undefined) return []
      const { id, version, engine, report } = member.overlay
      return [{ overlay: id, ...member.client, version, engine, report }]
    })
  }

  docks(peers: Iterable<Peer>): DockClient[] {
    return [...peers].flatMap((peer) => {
      const member = this.of(peer)
      return member?.dock === undefined ? [] : [{ dock: member.dock.id, ...member.client }]
    })
  }

  /** An overlay looks otherwise from now on. */
  dress(overlayId: string, settings: ChosenSettings, frame: Frame): void {
    for (const [peer, member] of this.#members) {
      if (member.overlay?.id !== overlayId) continue
      member.overlay.settings = settings
      peer.send(frame)
    }
  }

  /** Keeps the newest word of an overlay's page, and gives its channel; null when the peer is none. */
  report(peer: Peer, report: PageReport): Channel | null {
    const member = this.of(peer)
    if (member?.overlay === undefined) return null
    member.overlay.report = report
    return member.channel
  }

  panels(): PanelUser[] {
    return [...this.#members.values()].flatMap(({ account }) => account ?? [])
  }

  /** Their access has ended: they must not come back. */
  withdraw(which: Which): void {
    this.#close(which, CLOSE.withdrawn)
  }

  /** They come back and are welcomed anew. */
  sendAway(which: Which): void {
    this.#close(which, CLOSE.restart)
  }

  /** As above, of everybody: some in each turn, so that what else is ending goes on beside thousands. */
  async sendAllAway(): Promise<void> {
    this.#away = true
    const peers = [...this.#members.keys()]
    for (let from = 0; from < peers.length; from += SENT_AWAY_A_TURN) {
      for (const peer of peers.slice(from, from + SENT_AWAY_A_TURN)) peer.close(CLOSE.restart)
      await nextTurn()
    }
  }

  ping(): void {
    for (const peer of this.#members.keys()) peer.ping()
  }

  #count(member: Member, more: number): void {
    const key = keyOf(member)
    if (key === undefined) return
    const count = (this.#byKey.get(key) ?? 0) + more
    if (count > 0) this.#byKey.set(key, count)
    else this.#byKey.delete(key)
  }

  #close(which: Which, code: number): void {
    for (const [peer, member] of this.#members) if (which(member)) peer.close(code)
  }
}

/** In the order in which they came, whichever server they came to. */
export function asTheyCame<C extends { since: number }>(clients: C[]): C[] {
  return clients.sort((one, other) => one.since - other.since)
}

/** What its key stands for; nothing at a panel, which has none. */
function keyOf({ overlay, dock }: Member): string | undefined {
  return overlay?.id ?? dock?.id
}
