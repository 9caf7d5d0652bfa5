import type { Person } from '../../workers/erased.ts'
import type { Remove } from '../../workers/message.ts'
import { type Frame, frameOf } from '../frame.ts'
import { type ServerFrame, SNAPSHOT_EVENTS, type Welcome } from '../protocol.ts'
import type { Slice } from '../slice.ts'
import type { ShownBefore } from './shown-before.ts'
import { type Found, Window } from './window.ts'

/** Somebody who listens to a channel: a socket or an event stream. */
export interface Peer {
  /** Hands over one text frame; cuts the peer off by itself when it has fallen too far behind. */
  send(frame: Frame): void
  /** The replay after a welcome may be large: it does not count against a slow peer. */
  replay(frame: Frame): void
  close(code: number): void
}

/** Where a peer that comes back stands. */
export interface Position {
  epoch: string
  seq: number
}

/** One channel's live side: its window, and the peers that get the same bytes. */
export class Channel {
  readonly id: string
  readonly epoch: string
  readonly #window = new Window()
  readonly #peers = new Set<Peer>()
  /** The seq that this epoch began after. */
  readonly #begin: number
  /** Of a channel that is followed: peers that have seen more of this epoch than came here so far, and where they stand. */
  readonly #ahead = new Map<Peer, number>()
  readonly #followed: boolean
  #seq: number
  /** Epochs before this one in the same numbering → the last seq of each that is known. */
  #before: ReadonlyMap<string, number> = new Map()

  /** `followed`: it is run by another server, and what comes here may lag behind what was seen there. */
  constructor(id: string, epoch: string, seq: number, followed = false) {
    this.#followed = followed
    this.id = id
    this.epoch = epoch
    this.#begin = seq
    this.#seq = seq
  }

  get seq(): number {
    return this.#seq
  }

  get peers(): ReadonlySet<Peer> {
    return this.#peers
  }

  /** True when nobody listens and nothing is left to resume from. */
  get idle(): boolean {
    return this.#peers.size === 0 && this.#window.empty(performance.now())
  }

  /** What the channel showed before the process was started again. Whoever saw no more than that resumes from it. */
  takeUp({ events, ends }: ShownBefore): void {
    this.#before = ends
    this.#window.refill(events, performance.now())
  }

  /** Returns to how many peers the slice went. */
  take(slice: Slice): number {
    this.#seq = slice.events.at(-1)?.seq ?? this.#seq
    this.#window.add(slice, performance.now())
    for (const peer of this.#peers) peer.send(slice.frame)
    return this.#peers.size
  }

  /**
   * Welcomes a peer and gives it what it missed, or a snapshot. One synchronous step: no event can fall between the replay
   * and the live frames. `whole`: a snapshot with what was taken away, and what took it. Returns whether it was recovered.
   */
  join(
    peer: Peer,
    at: Position | null,
    welcome: Omit<Welcome, 'type' | 'epoch' | 'seq' | 'recovered' | 'stale' | 'agreed'>,
    whole = false,
  ): boolean {
    const now = performance.now()
    const missed = at !== null && this.#knows(at) ? this.#missed(peer, at.seq, now) : null
    const recovered = missed !== null
    const stale = !recovered && at !== null && this.#isStale(at, now)
    const agreed = recovered ? undefined : this.#before.get(at?.epoch ?? '')
    const said = {
      epoch: this.epoch,
      seq: this.#seq,
      recovered,
      ...(stale && { stale }),
      ...(agreed !== undefined && { agreed }),
    }
    peer.replay(encode({ type: 'welcome', ...said, ...welcome }))
    const snapshot = () =>
      whole ? this.#window.whole(SNAPSHOT_EVENTS, now) : this.#window.snapshot(SNAPSHOT_EVENTS, now, at !== null)
    for (const frame of missed ?? orNothing(snapshot())) peer.replay(frame)
    this.#peers.add(peer)
    return recovered
  }

  /** Where a peer stands that got all that came: here, or further where it had seen more elsewhere. */
  placeOf(peer: Peer): Position {
    return { epoch: this.epoch, seq: Math.max(this.#seq, this.#ahead.get(peer) ?? 0) }
  }

  #missed(peer: Peer, seq: number, now: number): Frame[] | null {
    if (!this.#followed || seq <= this.#seq) return this.#window.since(seq, this.#seq, now)
    this.#ahead.set(peer, seq)
    return []
  }

  /** Of an epoch before, what came after its known end is lost, and with it the places of those who have seen it. */
  #knows({ epoch, seq }: Position): boolean {
    return epoch === this.epoch || seq <= (this.#before.get(epoch) ?? -1)
  }

  /** Some of what came since somebody stood there is no longer kept. Where that is nobody knows, it was before all that is known. */
  #isStale({ epoch, seq }: Position, now: number): boolean {
    const end = epoch === this.epoch ? this.#seq : this.#before.get(epoch)
    if (end === undefined && this.#before.size > 0) return true
    return !this.#window.reaches(end === undefined ? this.#begin : Math.min(seq, end), this.#seq, now)
  }

  leave(peer: Peer): void {
    this.#peers.delete(peer)
    this.#ahead.delete(peer)
  }

  /** An event that is still kept for those who come back. */
  find(id: string): Found | null {
    return this.#window.find(id, performance.now())
  }

  /** What a restore would give back, as far as it is kept. */
  restorable(platform: string, target: Remove['target']): Found['event'][] {
    return this.#window.restorable(platform, target, performance.now())
  }

  erase(person: Person): void {
    this.#window.erase(person)
  }

  /** Tells every peer that `which` picks. */
  tell(frame: ServerFrame, which: (peer: Peer) => boolean = () => true): void {
    const bytes = encode(frame)
    for (const peer of this.#peers) if (which(peer)) peer.send(bytes)
  }

  beat(): void {
    if (this.#peers.size > 0) this.tell({ type: 'beat', seq: this.#seq })
  }
}

/** Also that there is nothing to show is said: whoever waits for the snapshot could else not come back to where it stands. */
function orNothing(snapshot: Frame[]): Frame[] {
  return snapshot.length > 0 ? snapshot : [encode({ type: 'events', events: [] })]
}

export function encode(frame: ServerFrame): Frame {
  return frameOf(JSON.stringify(frame))
}
