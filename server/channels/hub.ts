import type { Remove } from '../../workers/message.ts'
import { monotonic } from '../../workers/queue/layout.ts'
import type { Entry } from '../entries.ts'
import type { Ingest } from '../ingest.ts'
import type { ChosenSettings } from '../look.ts'
import { lookOf } from '../look-themes.ts'
import type { Metrics } from '../metrics.ts'
import {
  type About,
  BEAT_EVERY_MS,
  type ChannelRole,
  CLOSE,
  type DockClient,
  type DockScope,
  type HeldCount,
  type OverlayClient,
  type PageReport,
  type ServerFrame,
  type SourceView,
  type StreamState,
} from '../protocol.ts'
import type { Slice } from '../slice.ts'
import type { Recent } from '../stores/archive.ts'
import type { Stage } from '../stores/moderation.ts'
import { Channel, encode, type Peer, type Position } from './channel.ts'
import { discreet } from './discreet.ts'
import type { Agent } from './report.ts'
import { shownBefore } from './shown-before.ts'
import { PING_EVERY_MS } from './socket.ts'
import type { Found } from './window.ts'

/** Who a peer is to the hub. */
export interface Member {
  role: 'overlay' | 'dock' | 'panel'
  /** Set for overlays. Shared by every hello of a peer, so that what it reported stays. */
  overlay?: { id: string; settings: ChosenSettings; report: PageReport | null } & Agent
  /** Set for docks. */
  dock?: { id: string; scope: DockScope }
  /** Set for panels. */
  account?: { id: string; sessionId: string; role: ChannelRole; until: number }
  client: { name: string; obs: string | null; since: number }
}

/** A peer that answers pings. */
export interface LivePeer extends Peer {
  ping(): void
}

type StatusFrame = Extract<ServerFrame, { type: 'status' }>

const STATUS_EVERY_MS = 500
const SWEEP_EVERY_MS = 60_000

export interface HubEnds {
  stream(channelId: string): StreamState & { messages: number }
  stage(channelId: string): Stage
  platforms(): About[]
  sources(channelId: string): SourceView[]
  held(channelId: string): HeldCount
  build: string
  /** A channel has nobody and nothing left: the line may forget it. False when it must stay. */
  idle(channelId: string): boolean
}

/** All channels of this process, and who listens to each. */
export class Hub {
  readonly #ends: HubEnds
  readonly #ingest: Pick<Ingest, 'channel'>
  readonly #metrics: Metrics
  readonly #channels = new Map<string, Channel>()
  readonly #members = new Map<Peer, Member & { channel: Channel }>()
  readonly #stale = new Set<string>()
  readonly #timers: NodeJS.Timeout[]

  constructor(ends: HubEnds, ingest: Pick<Ingest, 'channel'>, metrics: Metrics) {
    this.#ends = ends
    this.#ingest = ingest
    this.#metrics = metrics
    this.#timers = [
      setInterval(() => this.#eachChannel((channel) => channel.beat()), BEAT_EVERY_MS),
      setInterval(() => this.#ping(), PING_EVERY_MS),
      setInterval(() => this.#tellStatus(), STATUS_EVERY_MS),
      setInterval(() => this.#sweep(), SWEEP_EVERY_MS),
      setInterval(() => this.withdrawEnded(Date.now()), SWEEP_EVERY_MS),
    ]
    for (const timer of this.#timers) timer.unref()
  }

  take(slice: Slice): void {
    const channel = this.#channel(slice.channelId, slice.epoch)
    const peers = channel.take(slice)
    this.#stale.add(slice.channelId)
    this.#metrics.displayedTotal.inc(peers * slice.events.length)
    const first = slice.events[0]
    if (first !== undefined && peers > 0) this.#metrics.latencySeconds.observe((monotonic() - first.at) / 1_000)
  }

  /** Before anybody has joined: the channel has shown this before the process was started again. */
  takeUp(channelId: string, recent: Recent): void {
    const entry = this.#ingest.channel(channelId)
    if (entry === undefined || recent.heads.length === 0) return
    const places = new Map(this.#ends.platforms().map(({ id }, index) => [id, index + 1]))
    const shown = shownBefore(recent, (platform) => places.get(platform) ?? 0, Date.now() - performance.now())
    this.#channel(channelId, entry.epoch).takeUp(shown)
  }

  /** Welcomes a peer to an open channel. A peer that is in already is welcomed again: it found itself behind. */
  join(entry: Entry, peer: LivePeer, member: Member, at: Position | null): void {
    const channel = this.#channel(entry.id, entry.epoch)
    const { messages: _, ...stream } = this.#ends.stream(entry.id)
    if (member.role !== 'panel') delete stream.id
    const { dock, account } = member
    const welcome = {
      ...lookOf(member.overlay?.settings ?? {}),
      names: this.#ends.sources(entry.id).flatMap(({ channel: name }) => name ?? []),
      ...(dock !== undefined && { scope: dock.scope }),
      ...(account !== undefined && { role: account.role }),
      stream,
      ...this.#ends.stage(entry.id),
      platforms: this.#ends.platforms(),
      build: this.#ends.build,
    }
    const recovered = channel.join(peer, at, welcome)
    if (at !== null) this.#metrics.resumeTotal.inc({ recovered: String(recovered) })
    this.#members.set(peer, { ...member, channel })
    this.#countOverlays()
    if (isOwner(member)) peer.send(encode(this.#status(channel)))
    else if (member.role !== 'overlay') peer.send(encode(forHelpers(this.#status(channel))))
    else this.#stale.add(entry.id)
  }

  leave(peer: Peer): void {
    const member = this.#members.get(peer)
    if (member === undefined) return
    member.channel.leave(peer)
    this.#members.delete(peer)
    this.#stale.add(member.channel.id)
    this.#countOverlays()
  }

  clients(channelId: string): OverlayClient[] {
    const peers = this.#channels.get(channelId)?.peers ?? []
    return [...peers].flatMap((peer) => {
      const member = this.#members.get(peer)
      if (member?.overlay === undefined) return []
      const { id, version, engine, report } = member.overlay
      return [{ overlay: id, ...member.client, version, engine, report }]
    })
  }

  docks(channelId: string): DockClient[] {
    const peers = this.#channels.get(channelId)?.peers ?? []
    return [...peers].flatMap((peer) => {
      const member = this.#members.get(peer)
      return member?.dock === undefined ? [] : [{ dock: member.dock.id, ...member.client }]
    })
  }

  /** An event that the channel still keeps for those who come back. */
  find(channelId: string, id: string): Found | null {
    return this.#channels.get(channelId)?.find(id) ?? null
  }

  restorable(channelId: string, platform: string, target: Remove['target']): Found['event'][] {
    return this.#channels.get(channelId)?.restorable(platform, target) ?? []
  }

  /** What a person wrote leaves what the channel keeps for those who come back. */
  erase(channelId: string, platform: string, authorId: string): void {
    this.#channels.get(channelId)?.erase(platform, authorId)
  }

  settingsChanged(_channelId: string, overlayId: string, settings: ChosenSettings): void {
    const frame = encode({ type: 'settings', ...lookOf(settings) })
    for (const [peer, member] of this.#members) {
      if (member.overlay?.id !== overlayId) continue
      member.overlay.settings = settings
      peer.send(frame)
    }
  }

  /** Keeps the newest word of an overlay's page. False when the peer is none. */
  reported(peer: Peer, report: PageReport): boolean {
    const member = this.#members.get(peer)
    if (member?.overlay === undefined) return false
    member.overlay.report = report
    this.#stale.add(member.channel.id)
    return true
  }

  /** Asks an overlay's pages to load anew; returns how many. */
  reloadOverlay(channelId: string, overlayId: string): number {
    let told = 0
    this.#channels.get(channelId)?.tell({ type: 'reload' }, (peer) => {
      const which = this.#members.get(peer)?.overlay?.id === overlayId
      if (which) told++
      return which
    })
    return told
  }

  withdrawOverlay(_channelId: string, overlayId: string): void {
    this.#withdraw((member) => member.overlay?.id === overlayId)
  }

  withdrawDock(_channelId: string, dockId: string): void {
    this.#withdraw(({ dock }) => dock?.id === dockId)
  }

  withdrawAccount(accountId: string, keep: string | null): void {
    this.#withdraw(({ account }) => account?.id === accountId && account.sessionId !== keep)
  }

  /** Closes panel sockets of sessions that have reached their absolute end: a page that only listens never asks who it is. */
  withdrawEnded(now: number): void {
    this.#withdraw(({ account }) => account !== undefined && account.until <= now)
  }

  withdrawMember(channelId: string, accountId: string): void {
    this.#withdraw(({ account, channel }) => account?.id === accountId && channel.id === channelId)
  }

  memberChanged(channelId: string, accountId: string): void {
    for (const [peer, { account, channel }] of this.#members) {
      if (account?.id === accountId && channel.id === channelId) peer.close(CLOSE.restart)
    }
  }

  withdrawSession(sessionId: string): void {
    this.#withdraw(({ account }) => account?.sessionId === sessionId)
  }

  /** A stream has begun or ended, or has another title. */
  streamChanged(channelId: string): void {
    const { id, messages: _, ...state } = this.#ends.stream(channelId)
    const channel = this.#channels.get(channelId)
    channel?.tell({ type: 'stream', ...state }, (peer) => this.#members.get(peer)?.role !== 'panel')
    const full = { type: 'stream' as const, ...state, ...(id !== undefined && { id }) }
    channel?.tell(full, (peer) => this.#members.get(peer)?.role === 'panel')
    this.#stale.add(channelId)
  }

  /** A message is featured or no longer, or panic or the slow display begins or ends. */
  stageChanged(channelId: string, { featured, panic, slow }: Partial<Stage>): void {
    const channel = this.#channels.get(channelId)
    if (featured !== undefined) channel?.tell({ type: 'featured', event: featured })
    if (panic !== undefined) channel?.tell({ type: 'panic', on: panic })
    if (slow !== undefined) channel?.tell({ type: 'slow', on: slow })
  }

  /** The moderation log or the moments have changed: panels ask for them anew. */
  noted(channelId: string): void {
    this.#channels.get(channelId)?.tell({ type: 'noted' }, (peer) => this.#members.get(peer)?.role === 'panel')
  }

  /** A followed source is in another way than before, or something else waits for a moderator. */
  statusChanged(channelId: string): void {
    if (this.#channels.has(channelId)) this.#stale.add(channelId)
  }

  /** Sends everybody away to come back after the restart. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    for (const peer of this.#members.keys()) peer.close(CLOSE.restart)
  }

  /** Peers connected right now. */
  get size(): number {
    return this.#members.size
  }

  #channel(id: string, epoch: string): Channel {
    const known = this.#channels.get(id)
    if (known?.epoch === epoch) return known
    const channel = new Channel(id, epoch, this.#ingest.channel(id)?.seq ?? 0)
    this.#channels.set(id, channel)
    return channel
  }

  #eachChannel(act: (channel: Channel) => void): void {
    for (const channel of this.#channels.values()) act(channel)
  }

  #withdraw(which: (member: Member & { channel: Channel }) => boolean): void {
    for (const [peer, member] of this.#members) if (which(member)) peer.close(CLOSE.withdrawn)
  }

  #ping(): void {
    for (const peer of this.#members.keys()) (peer as LivePeer).ping()
  }

  #tellStatus(): void {
    for (const id of this.#stale) {
      const channel = this.#channels.get(id)
      // What nobody looks at is not even made.
      if (channel === undefined || !this.#watched(channel)) continue
      const status = this.#status(channel)
      channel.tell(status, this.#isOwner)
      channel.tell(forHelpers(status), this.#isHelper)
    }
    this.#stale.clear()
  }

  readonly #isOwner = (peer: Peer): boolean => isOwner(this.#members.get(peer))
  readonly #isHelper = (peer: Peer): boolean => {
    const member = this.#members.get(peer)
    return member !== undefined && member.role !== 'overlay' && !isOwner(member)
  }

  #watched({ peers }: Channel): boolean {
    for (const peer of peers) if (this.#isOwner(peer) || this.#isHelper(peer)) return true
    return false
  }

  #status(channel: Channel): StatusFrame {
    return {
      type: 'status',
      overlays: this.clients(channel.id),
      messages: this.#ends.stream(channel.id).messages,
      sources: this.#ends.sources(channel.id),
      held: this.#ends.held(channel.id),
    }
  }

  #countOverlays(): void {
    let overlays = 0
    for (const { role } of this.#members.values()) if (role === 'overlay') overlays++
    this.#metrics.overlays.set(overlays)
  }

  #sweep(): void {
    this.#eachChannel((channel) => {
      if (!channel.idle || this.#ends.stream(channel.id).live) return
      if (this.#ends.idle(channel.id)) this.#channels.delete(channel.id)
    })
  }
}

/** The panel of whoever owns the channel. */
function isOwner(member: Member | undefined): boolean {
  return member?.account?.role === 'owner'
}

/** For docks, which are handed to moderators, and for the panels of members. */
function forHelpers(status: StatusFrame): StatusFrame {
  return { ...status, sources: discreet(status.sources) }
}
