import type { ChatEvent, ServerFrame } from '../../../server/protocol.ts'
import { Listener } from '../../help/listener.ts'
import type { PageLog, Position } from '../../simulation/history.ts'

/** One of many overlays that are here for a moment: it keeps the rules of resuming, and draws nothing. */
export class Guest {
  readonly log: PageLog
  readonly #key: string
  readonly #gone = new Set<string>()
  #listener: Listener | null = null
  #place: Position | null = null

  constructor(name: string, key: string) {
    this.log = { name, seen: [], rows: [], stands: null }
    this.#key = key
  }

  /** Resolves when it is welcomed, and was told what it missed. */
  async comeBack(base: string): Promise<void> {
    const listener = new Listener(base)
    this.#listener = listener
    listener.ws.on('message', (data) => this.#hear(JSON.parse(String(data))))
    await listener.opened()
    listener.hello({ key: this.#key, ...this.#place })
    await listener.until(() => listener.welcome !== null && (this.#place?.seq ?? 0) >= listener.welcome.seq)
  }

  stands(at: () => Position): Promise<void> {
    const reached = () => this.#place?.epoch === at().epoch && this.#place.seq === at().seq
    return this.#listener?.until(reached) ?? Promise.resolve()
  }

  leave(): void {
    this.#listener?.close()
    this.#listener?.ws.removeAllListeners('message')
  }

  #hear(frame: ServerFrame): void {
    if (frame.type === 'events') for (const event of frame.events) this.#take(event)
    if (frame.type !== 'welcome') return
    const { epoch, seq, recovered } = frame
    this.log.seen.push({ type: 'welcome', epoch, seq, recovered, anew: this.#place === null, at: performance.now() })
    this.#place = { epoch, seq: recovered ? (this.#place?.seq ?? seq) : seq }
  }

  /** What stands before its place is a snapshot, or was told before; a hole is a loss, which the checker sees. */
  #take(event: ChatEvent): void {
    const place = this.#place
    if (place === null || event.seq <= place.seq) return
    place.seq = event.seq
    this.log.stands = { ...place }
    if (event.kind === 'remove' && 'id' in event.target) this.#gone.add(event.target.id)
    if (event.kind !== 'message' && event.kind !== 'notice') return
    if (event.hidden !== undefined || this.#gone.has(event.id)) return
    this.log.seen.push({ type: 'shown', id: event.id, upTo: { ...place } })
  }
}
