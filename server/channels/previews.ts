import { frameOf } from '../frame.ts'
import type { Log } from '../log.ts'
import type { ChosenSettings } from '../look.ts'
import { lookOf } from '../look-themes.ts'
import { CLOSE, type DemoAct, type ServerFrame } from '../protocol.ts'
import type { Archive } from '../stores/archive.ts'
import type { LivePeer } from './audience.ts'
import { Replay } from './replay.ts'
import { PING_EVERY_MS } from './socket.ts'

/** Previews of one overlay at a time. */
export const MAX_PREVIEWS = 10
/** A replay goes on for so long without anybody who sees it: a preview that is disconnected comes back. */
const LINGER_MS = 10_000

interface Room {
  peers: Set<LivePeer>
  replay: Replay | null
  empty: NodeJS.Timeout | null
}

/** Pages that show an overlay's draft to whoever edits it. They see invented chat or a past stream, never what is live. */
export class Previews {
  readonly #archive: Pick<Archive, 'page'>
  readonly #log: Log
  readonly #rooms = new Map<string, Room>()
  readonly #timer = setInterval(() => this.#ping(), PING_EVERY_MS)
  #replays = 0

  constructor(archive: Pick<Archive, 'page'>, log: Log) {
    this.#archive = archive
    this.#log = log
    this.#timer.unref()
  }

  join(overlayId: string, peer: LivePeer, settings: ChosenSettings): void {
    const room = this.#rooms.get(overlayId) ?? { peers: new Set(), replay: null, empty: null }
    if (room.peers.size >= MAX_PREVIEWS && !room.peers.has(peer)) {
      peer.close(CLOSE.tooMany)
      return
    }
    if (room.empty !== null) clearTimeout(room.empty)
    room.empty = null
    this.#rooms.set(overlayId, room)
    room.peers.add(peer)
    peer.send(encode({ type: 'settings', ...lookOf(settings) }))
    if (room.replay !== null) peer.send(encode({ type: 'demo', act: 'pause' }))
  }

  leave(peer: LivePeer): void {
    for (const [overlayId, room] of this.#rooms) {
      if (!room.peers.delete(peer) || room.peers.size > 0) continue
      room.empty = setTimeout(() => this.#closeRoom(overlayId), LINGER_MS)
      room.empty.unref()
    }
  }

  dress(overlayId: string, settings: ChosenSettings): void {
    this.#tell(overlayId, { type: 'settings', ...lookOf(settings) })
  }

  act(overlayId: string, act: DemoAct | 'disconnect'): void {
    if (act !== 'disconnect') this.#tell(overlayId, { type: 'demo', act })
    else for (const peer of this.#rooms.get(overlayId)?.peers ?? []) peer.close(CLOSE.restart)
  }

  replay(overlayId: string, streamId: string, speed: number): void {
    const room = this.#rooms.get(overlayId)
    if (room === undefined) return
    room.replay?.end()
    const show = (...events: Extract<ServerFrame, { type: 'events' }>['events']) =>
      this.#tell(overlayId, { type: 'events', events })
    const mark = `replay-${Date.now()}-${++this.#replays}-`
    const replay = new Replay(this.#archive, mark, speed, show)
    room.replay = replay
    this.act(overlayId, 'pause')
    const now = Date.now()
    show({ kind: 'clear', seq: 0, id: `${mark}begin`, platform: '', at: now, receivedAt: now, by: 'panel' })
    replay
      .play(streamId)
      .catch((error: unknown) => this.#log.warn({ err: error, streamId }, 'a replay broke off'))
      .finally(() => {
        if (room.replay !== replay) return
        room.replay = null
        this.act(overlayId, 'play')
      })
  }

  endReplay(overlayId: string): void {
    this.#rooms.get(overlayId)?.replay?.end()
  }

  withdraw(overlayId: string): void {
    for (const peer of this.#rooms.get(overlayId)?.peers ?? []) peer.close(CLOSE.withdrawn)
    this.#closeRoom(overlayId)
  }

  /** Sends everybody away to come back after the restart. */
  close(): void {
    clearInterval(this.#timer)
    for (const [overlayId, { peers }] of this.#rooms) {
      for (const peer of peers) peer.close(CLOSE.restart)
      this.#closeRoom(overlayId)
    }
  }

  #closeRoom(overlayId: string): void {
    const room = this.#rooms.get(overlayId)
    if (room?.empty) clearTimeout(room.empty)
    room?.replay?.end()
    this.#rooms.delete(overlayId)
  }

  #tell(overlayId: string, frame: ServerFrame): void {
    const bytes = encode(frame)
    for (const peer of this.#rooms.get(overlayId)?.peers ?? []) peer.send(bytes)
  }

  #ping(): void {
    for (const { peers } of this.#rooms.values()) for (const peer of peers) peer.ping()
  }
}

const encode = (frame: ServerFrame) => frameOf(JSON.stringify(frame))
