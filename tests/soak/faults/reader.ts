import { WebSocket } from 'ws'
import { CLOSE } from '../../../server/protocol.ts'
import { Listener } from '../../help/listener.ts'
import { installGlobals, SEEN_PAGE } from '../../simulation/globals.ts'
import type { Position } from '../../simulation/history.ts'
import { Page, type PageClock, type PageOptions } from '../../simulation/page.ts'
import { type Chronicle, Ear, type Hears } from './chronicle.ts'

/** After the longest pause of a page that comes back, and the longest silence before it notices that it must. */
export const LATEST_MS = 120_000

/** That nothing waits any more is not told. */
const LOOK_AGAIN_MS = 250

const clock: PageClock = {
  get now() {
    return performance.now()
  },
  as: (_owner, act) => act(),
}

const REFUSED = 403

/** Servers that will not come back: whoever dials one is told so, and gives up. */
const retired = new Set<string>()

class Dialling extends WebSocket {
  constructor(address: string) {
    super(address)
    // What a browser hides from its pages; the close says enough.
    this.on('error', () => {})
    const { host } = new URL(address)
    if (retired.has(host)) queueMicrotask(() => this.emit('close', CLOSE.withdrawn, Buffer.of()))
  }
}

/** From now on pages run in this process. Pages that were left end soon behind the server that they came from. */
export function installBrowser(): void {
  const own = fetch
  const dial: typeof fetch = (address, ...more) => {
    const gone = typeof address === 'string' && retired.has(new URL(address).host)
    return gone ? Promise.resolve(new Response(null, { status: REFUSED })) : own(address, ...more)
  }
  installGlobals({ ...SEEN_PAGE, WebSocket: Dialling, fetch: dial })
}

export function retire(host: string): void {
  retired.add(host)
}

/** An overlay or a dock: the page's own parts behind a real connection. */
export class Reader {
  readonly page: Page
  readonly #shown = new Set<string>()
  #read = 0
  #waiting: (() => void)[] = []

  constructor(name: string, chronicle: Hears, options: Pick<PageOptions, 'door' | 'host' | 'key'>) {
    const ear = new Ear(chronicle)
    this.page = new Page(name, clock, { ...options, heard: (frame) => ear.hear(frame), took: () => this.#took() })
  }

  static async open(...given: ConstructorParameters<typeof Reader>): Promise<Reader> {
    const [, , { host }] = given
    // A port may be given again. Whoever still dials it for what was there before is refused for their key.
    if (host !== undefined) retired.delete(host)
    const reader = new Reader(...given)
    await reader.page.start()
    if (await reader.#holds(() => reader.page.log.stands !== null)) return reader
    throw new Error(`${reader.page.log.name} is not welcomed`)
  }

  /** What it has shown so far is judged: its log goes on from where it stands. */
  turnOver(): void {
    const { seen, stands } = this.page.log
    this.#shown.clear()
    this.#read = 0
    seen.length = 0
    if (stands !== null) seen.push({ type: 'welcome', ...stands, recovered: false, anew: true, at: clock.now })
  }

  /** Whether it shows this within so many ms. */
  shows(id: string, withinMs: number): Promise<boolean> {
    return this.#holds(() => this.#shown.has(id), withinMs)
  }

  /** Resolves when it has all there is. */
  async stands(at: () => Position): Promise<void> {
    const there = await this.#holds(() => {
      const { stands } = this.page.log
      const { epoch, seq } = at()
      return stands?.epoch === epoch && stands.seq === seq && this.page.calm
    })
    if (!there) throw new Error(`${this.state} has not come to ${JSON.stringify(at())}`)
  }

  /** Where it is, for people. */
  get state(): string {
    const { name, stands, seen } = this.page.log
    const welcome = seen.findLast(({ type }) => type === 'welcome')
    return `${name}, at ${JSON.stringify(stands)} after ${JSON.stringify(welcome)},`
  }

  /** Looks again whenever the page has taken something in. */
  async #holds(holds: () => boolean, withinMs = LATEST_MS): Promise<boolean> {
    const deadline = performance.now() + withinMs
    while (!holds()) {
      const left = deadline - performance.now()
      if (left <= 0) return false
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, LOOK_AGAIN_MS))
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
    return true
  }

  #took(): void {
    const { seen } = this.page.log
    for (; this.#read < seen.length; this.#read++) {
      const each = seen[this.#read]
      if (each?.type === 'shown') this.#shown.add(each.id)
    }
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

/** Whoever watches a channel from one life of the server to the next, on the shortest way. */
export class Watch {
  #listener: Listener | null = null

  async open(base: string, key: string, chronicle: Chronicle): Promise<void> {
    this.#listener?.close()
    const listener = new Listener(base)
    const ear = new Ear(chronicle)
    listener.ws.on('message', (data) => ear.hear(JSON.parse(String(data))))
    this.#listener = listener
    await listener.opened()
    listener.hello({ key })
    await listener.until(() => listener.welcome !== null)
  }

  close(): void {
    this.#listener?.close()
  }
}
