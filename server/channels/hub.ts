import type { Person } from '../../workers/erased.ts'
import type { Remove } from '../../workers/message.ts'
import { monotonic } from '../../workers/queue/layout.ts'
import type { Entry } from '../entries.ts'
import type { Ingest } from '../ingest.ts'
import type { ChosenSettings } from '../look.ts'
import { lookOf } from '../look-themes.ts'
import type { Metrics } from '../metrics.ts'
import { BEAT_EVERY_MS, CLOSE, type DockClient, type OverlayClient, type PageReport } from '../protocol.ts'
import { firstOf, type Slice } from '../slice.ts'
import type { Recent } from '../stores/archive.ts'
import type { Stage } from '../stores/moderation.ts'
import { Audience, asTheyCame, type LivePeer, type Member, type PanelUser } from './audience.ts'
import { Channel, encode, type Peer, type Position } from './channel.ts'
import type { HubEnds } from './hub-ends.ts'
import { completed } from './restores.ts'
import { type ShownBefore, shownLately } from './shown-before.ts'
import { PING_EVERY_MS } from './socket.ts'
import { StatusBoard, type StatusFrame } from './status.ts'
import type { Found } from './window.ts'

const STATUS_EVERY_MS = 500
const SWEEP_EVERY_MS = 60_000
/** Epochs kept of those that a line was taken out of; a hello is under way for less than the time between two. */
const EPOCHS_LEFT = 4

/** All channels of this process, and who listens to each. */
export class Hub {
  readonly #ends: HubEnds
  readonly #ingest: Pick<Ingest, 'channel'>
  readonly #metrics: Metrics
  readonly #channels = new Map<string, Channel>()
  readonly #audience = new Audience()
  readonly #board: StatusBoard
  /** Epochs that somebody was last taken out of on the line they have. */
  readonly #left = new WeakMap<LivePeer, string[]>()
  readonly #timers: NodeJS.Timeout[]

  constructor(ends: HubEnds, ingest: Pick<Ingest, 'channel'>, metrics: Metrics) {
    this.#ends = ends
    this.#ingest = ingest
    this.#metrics = metrics
    this.#board = new StatusBoard(this.#audience, (channel) => this.#status(channel))
    this.#timers = [
      setInterval(() => this.#eachChannel((channel) => channel.beat()), BEAT_EVERY_MS),
      setInterval(() => this.#audience.ping(), PING_EVERY_MS),
      setInterval(() => this.#board.tell(this.#channels), STATUS_EVERY_MS),
      setInterval(() => this.#sweep(), SWEEP_EVERY_MS),
    ]
    for (const timer of this.#timers) timer.unref()
  }

  /** A restore with what it brings, right before it is taken. */
  completed(slice: Slice): Slice {
    return completed(slice, {
      restorable: (...target) => this.#channelOf(slice).restorable(...target),
      refused: (id) => this.#ends.refused(slice.channelId, id),
    })
  }

  take(slice: Slice): void {
    const channel = this.#channelOf(slice)
    const peers = channel.take(slice)
    this.#board.changed(slice.channelId)
    this.#metrics.displayedTotal.inc(peers * slice.events.length)
    const first = slice.events[0]
    if (first !== undefined && peers > 0) this.#metrics.latencySeconds.observe((monotonic() - first.at) / 1_000)
  }

  /** Before anybody has joined: the channel has shown this before the process was started again. */
  takeUp(channelId: string, recent: Recent): void {
    const entry = this.#ingest.channel(channelId)
    if (entry === undefined || recent.heads.length === 0) return
    this.#channel(channelId, entry.epoch).takeUp(shownLately(recent, this.#ends.platforms()))
  }

  /**
   * The channel goes on in another epoch, or what went before no longer counts as it was told. Whoever listens is welcomed anew, from where
   * they stand. `followed`: another server runs it.
   */
  anew({ id, epoch, seq }: Pick<Entry, 'id' | 'epoch' | 'seq'>, shown: ShownBefore, followed = false): void {
    const before = this.#channels.get(id)
    const channel = new Channel(id, epoch, seq, followed)
    channel.takeUp(shown)
    this.#channels.set(id, channel)
    if (before === undefined) return
    for (const each of before.peers) {
      const peer = each as LivePeer
      const member = this.#audience.of(peer)
      if (member !== undefined) this.join({ id, epoch }, peer, member, before.placeOf(peer))
      this.#left.set(peer, [...(this.#left.get(peer) ?? []), before.epoch].slice(-EPOCHS_LEFT))
    }
  }

  /** True while somebody listens here. */
  has(channelId: string): boolean {
    return (this.#channels.get(channelId)?.peers.size ?? 0) > 0
  }

  /** The channels that somebody listens to here. */
  *listened(): Iterable<string> {
    for (const { id, peers } of this.#channels.values()) if (peers.size > 0) yield id
  }

  /**
   * Welcomes a peer to an open channel, unless its key lets in enough already. A peer that is in is welcomed again: it found itself behind.
   * Not where it asked from an epoch that it was taken out of meanwhile: the welcome to the present one is on its way, with all since.
   */
  join(entry: Pick<Entry, 'id' | 'epoch'>, peer: LivePeer, member: Member, at: Position | null): void {
    if (!this.#audience.hasRoom(peer, member)) {
      peer.close(CLOSE.tooMany)
      return
    }
    const channel = this.#standing(entry)
    if (
      at !== null &&
      at.epoch !== channel.epoch &&
      this.#left.get(peer)?.includes(at.epoch) &&
      channel.peers.has(peer)
    )
      return
    const { messages: _, lastAt: __, ...stream } = this.#ends.stream(entry.id)
    if (member.role !== 'panel') delete stream.id
    const { dock, account } = member
    const welcome = {
      now: Date.now(),
      ...lookOf(member.overlay?.settings ?? {}),
      names: this.#ends.sources(entry.id).flatMap(({ channel: name }) => name ?? []),
      ...(dock !== undefined && { scope: dock.scope }),
      ...(account !== undefined && { role: account.role }),
      stream,
      ...this.#ends.stage(entry.id),
      platforms: this.#ends.platforms(),
      build: this.#ends.build,
    }
    const recovered = channel.join(peer, at, welcome, account !== undefined && account.role !== 'viewer')
    if (at !== null) this.#metrics.resumeTotal.inc({ recovered: String(recovered) })
    if (at !== null && recovered) this.#metrics.resumeMessages.inc(Math.max(0, channel.seq - at.seq))
    this.#audience.seat(peer, { ...member, channel })
    this.#countOverlays()
    this.#board.welcome(peer, member, channel)
  }

  leave(peer: LivePeer): void {
    const member = this.#audience.leave(peer)
    if (member === undefined) return
    member.channel.leave(peer)
    this.#board.changed(member.channel.id)
    this.#countOverlays()
  }

  clients(channelId: string): OverlayClient[] {
    return this.#audience.clients(this.#channels.get(channelId)?.peers ?? [])
  }

  docks(channelId: string): DockClient[] {
    return this.#audience.docks(this.#channels.get(channelId)?.peers ?? [])
  }

  /** Who sits at the open panels, of all channels. */
  panels(): PanelUser[] {
    return this.#audience.panels()
  }

  /** An event that the channel still keeps for those who come back. */
  find(channelId: string, id: string): Found | null {
    return this.#channels.get(channelId)?.find(id) ?? null
  }

  restorable(channelId: string, platform: string, target: Remove['target']): Found['event'][] {
    return this.#channels.get(channelId)?.restorable(platform, target) ?? []
  }

  /** What is a person's own leaves what the channel keeps for those who come back. */
  erase(channelId: string, person: Person): void {
    this.#channels.get(channelId)?.erase(person)
  }

  settingsChanged(channelId: string, overlayId: string, settings: ChosenSettings): void {
    this.#audience.dress(overlayId, settings, encode({ type: 'settings', ...lookOf(settings) }))
    this.looksChanged(channelId)
  }

  /** An overlay was made or deleted, or has another name or look: docks that may control ask anew. */
  looksChanged(channelId: string): void {
    const may = (peer: Peer) => this.#audience.of(peer)?.dock?.scope === 'control'
    this.#channels.get(channelId)?.tell({ type: 'looks' }, may)
  }

  /** Keeps the newest word of an overlay's page. False when the peer is none. */
  reported(peer: Peer, report: PageReport): boolean {
    const channel = this.#audience.report(peer, report)
    if (channel !== null) this.#board.changed(channel.id)
    return channel !== null
  }

  /** Asks an overlay's pages to load anew; returns how many. */
  reloadOverlay(channelId: string, overlayId: string): number {
    let told = 0
    this.#channels.get(channelId)?.tell({ type: 'reload' }, (peer) => {
      const which = this.#audience.of(peer)?.overlay?.id === overlayId
      if (which) told++
      return which
    })
    return told
  }

  withdrawOverlay(_channelId: string, overlayId: string): void {
    this.#audience.withdraw((member) => member.overlay?.id === overlayId)
  }

  withdrawDock(_channelId: string, dockId: string): void {
    this.#audience.withdraw(({ dock }) => dock?.id === dockId)
  }

  withdrawAccount(accountId: string, keep: string | null): void {
    this.#audience.withdraw(({ account }) => account?.id === accountId && account.sessionId !== keep)
  }

  /** It has another cookie now: whoever has that comes back. */
  sessionChanged(sessionId: string): void {
    this.#audience.sendAway(({ account }) => account?.sessionId === sessionId)
  }

  withdrawMember(channelId: string, accountId: string): void {
    this.#audience.withdraw(({ account, channel }) => account?.id === accountId && channel.id === channelId)
  }

  memberChanged(channelId: string, accountId: string): void {
    this.#audience.sendAway(({ account, channel }) => account?.id === accountId && channel.id === channelId)
  }

  withdrawSession(sessionId: string): void {
    this.#audience.withdraw(({ account }) => account?.sessionId === sessionId)
  }

  /** A stream has begun or ended, or has another title. */
  streamChanged(channelId: string): void {
    const { id, messages: _, lastAt: __, ...state } = this.#ends.stream(channelId)
    const channel = this.#channels.get(channelId)
    channel?.tell({ type: 'stream', ...state }, (peer) => this.#audience.of(peer)?.role !== 'panel')
    const full = { type: 'stream' as const, ...state, ...(id !== undefined && { id }) }
    channel?.tell(full, (peer) => this.#audience.of(peer)?.role === 'panel')
    this.#board.changed(channelId)
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
    this.#channels.get(channelId)?.tell({ type: 'noted' }, (peer) => this.#audience.of(peer)?.role === 'panel')
  }

  /** A followed source is in another way than before, or something else waits for a moderator. */
  statusChanged(channelId: string): void {
    if (this.#channels.has(channelId)) this.#board.changed(channelId)
  }

  /** Sends everybody away to come back after the restart. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#audience.sendAllAway()
  }

  /** Bytes that wait for peers to read them. */
  get waiting(): number {
    return this.#audience.waiting
  }

  /** Peers connected right now. */
  get size(): number {
    return this.#audience.size
  }

  /** As it is shown right now: it may have moved between its opening and the join, and what was found then is over. */
  #standing({ id, epoch }: Pick<Entry, 'id' | 'epoch'>): Channel {
    const known = this.#channels.get(id)
    return known === undefined || this.#ingest.channel(id)?.epoch === epoch ? this.#channel(id, epoch) : known
  }

  #channelOf(slice: Slice): Channel {
    return this.#channel(slice.channelId, slice.epoch, firstOf(slice) - 1)
  }

  /** `seq`: the last one before what comes first. */
  #channel(id: string, epoch: string, seq = this.#ingest.channel(id)?.seq ?? 0): Channel {
    const known = this.#channels.get(id)
    if (known?.epoch === epoch) return known
    const channel = new Channel(id, epoch, seq)
    this.#channels.set(id, channel)
    return channel
  }

  #eachChannel(act: (channel: Channel) => void): void {
    for (const channel of this.#channels.values()) act(channel)
  }

  #status(channel: Channel): StatusFrame {
    const { messages, lastAt } = this.#ends.stream(channel.id)
    return {
      type: 'status',
      overlays: asTheyCame([...this.clients(channel.id), ...(this.#ends.elsewhere?.(channel.id) ?? [])]),
      messages,
      lastAt,
      sources: this.#ends.sources(channel.id),
      held: this.#ends.held(channel.id),
    }
  }

  #countOverlays(): void {
    this.#metrics.overlays.set(this.#audience.overlays)
  }

  #sweep(): void {
    this.#eachChannel((channel) => {
      if (!channel.idle || this.#ends.stream(channel.id).live) return
      if (this.#ends.idle(channel.id)) this.#channels.delete(channel.id)
    })
  }
}
