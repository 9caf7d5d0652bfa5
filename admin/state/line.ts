import { type ReadonlySignal, signal } from '@preact/signals'
import type { CLOSE, ServerFrame } from '../../server/protocol.ts'

/** The panel's socket: says hello, resumes where it stood, notices silence, comes back by itself. */

export type LineState =
  | { phase: 'idle' }
  | { phase: 'connecting'; attempt: number }
  | { phase: 'open' }
  | { phase: 'waiting'; attempt: number; retryAt: number }
  | { phase: 'ended'; why: 'signed-out' | 'too-many' }

/** What the line needs of a WebSocket. */
export interface Wire {
  send(text: string): void
  close(): void
}
/** What a WebSocket tells the line. */
export interface Ears {
  opened(): void
  heard(data: unknown): void
  closed(code: number): void
}

export interface LineOptions {
  open(ears: Ears): Wire
  frame(frame: ServerFrame): void
  /** The connection could not be made at all: perhaps the account is signed out. */
  doubt(): void
  random?: () => number
}

// Written out because pages take only types from the server; the compiler keeps them equal to the one list.
const BAD_KEY: (typeof CLOSE)['badKey'] = 4001
const WITHDRAWN: (typeof CLOSE)['withdrawn'] = 4002
const TOO_MANY: (typeof CLOSE)['tooMany'] = 4005
const RESTART: (typeof CLOSE)['restart'] = 1012

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** The server beats every 10 s; after this long without a frame the connection is dead. */
export const SILENCE_MS = 25_000

/** 0.5 s, 1 s, 2 s … 30 s, each ±50 %, so that a thousand pages do not come back at once. */
export function pauseMs(attempt: number, random: () => number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10))
  return Math.round(pause * (0.5 + random()))
}

/** After a restart of the server: 1–5 s. */
export function restartPauseMs(random: () => number): number {
  return Math.round(1_000 + 4_000 * random())
}

export class Line {
  readonly #state = signal<LineState>({ phase: 'idle' })
  readonly #options: LineOptions
  readonly #random: () => number
  #wire: Wire | null = null
  /** Raised with every wire: one that was given up must not speak any more. */
  #turn = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #epoch: string | null = null
  #seq = 0
  /** The page begins anew and what stood there has not come yet: a line that breaks now must not resume behind it. */
  #awaits = false
  /** A hello is on its way; its welcome has not come yet. */
  #asking = false

  constructor(options: LineOptions) {
    this.#options = options
    this.#random = options.random ?? Math.random
  }

  get state(): ReadonlySignal<LineState> {
    return this.#state
  }

  start(): void {
    if (this.#wire) return
    clearTimeout(this.#timer)
    this.#state.value = { phase: 'connecting', attempt: this.#attempt }
    const turn = ++this.#turn
    const now = () => turn === this.#turn
    this.#wire = this.#options.open({
      opened: () => now() && this.#hello(),
      heard: (data) => now() && this.#heard(data),
      closed: (code) => now() && this.#closed(code),
    })
    this.#listen()
  }

  /** For good, and forgetting where it stood: the next account must not resume this one's chat. */
  stop(): void {
    this.#drop()
    clearTimeout(this.#timer)
    this.#attempt = 0
    this.#epoch = null
    this.#seq = 0
    this.#awaits = false
    this.#state.value = { phase: 'idle' }
  }

  /** Does not wait for the pause to end. */
  retryNow(): void {
    if (this.#state.value.phase === 'waiting' || this.#state.value.phase === 'ended') this.start()
  }

  #hello(): void {
    if (!this.#wire || this.#asking) return
    this.#asking = true
    const place = this.#epoch === null || this.#awaits ? {} : { epoch: this.#epoch, seq: this.#seq }
    this.#wire.send(JSON.stringify({ type: 'hello', ...place, client: { name: 'Panel' } }))
  }

  #heard(data: unknown): void {
    this.#listen()
    const frame = frameOf(data)
    if (!frame) return
    if (frame.type === 'welcome') this.#welcomed(frame)
    if (frame.type === 'events') for (const { seq } of frame.events) this.#seq = Math.max(this.#seq, seq)
    if (frame.type === 'events' || frame.type === 'beat') this.#awaits = false
    if (frame.type === 'beat' && frame.seq > this.#seq) this.#hello()
    this.#options.frame(frame)
  }

  #welcomed(welcome: Extract<ServerFrame, { type: 'welcome' }>): void {
    this.#asking = false
    this.#attempt = 0
    this.#epoch = welcome.epoch
    this.#awaits = !welcome.recovered
    if (!welcome.recovered) this.#seq = welcome.seq
    this.#state.value = { phase: 'open' }
  }

  #closed(code: number): void {
    const never = this.#state.value.phase === 'connecting'
    this.#drop()
    if (code === BAD_KEY || code === WITHDRAWN) this.#end('signed-out')
    else if (code === TOO_MANY) this.#end('too-many')
    else this.#wait(code === RESTART ? restartPauseMs(this.#random) : pauseMs(this.#attempt, this.#random))
    if (never) this.#options.doubt()
  }

  #end(why: 'signed-out' | 'too-many'): void {
    this.#state.value = { phase: 'ended', why }
    if (why === 'signed-out') this.#options.doubt()
  }

  #wait(pause: number): void {
    this.#attempt++
    this.#state.value = { phase: 'waiting', attempt: this.#attempt, retryAt: Date.now() + pause }
    this.#timer = setTimeout(() => this.start(), pause)
  }

  #drop(): void {
    clearTimeout(this.#silence)
    this.#asking = false
    this.#turn++
    const wire = this.#wire
    this.#wire = null
    wire?.close()
  }

  #listen(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      this.#drop()
      this.#wait(pauseMs(this.#attempt, this.#random))
    }, SILENCE_MS)
  }
}

function frameOf(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null
  try {
    const frame: unknown = JSON.parse(data)
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null
  } catch {
    return null
  }
}
