import type { About, ChatEvent, Look } from '../server/protocol.ts'
import { SCRIPT, type Scene } from './demo-script.ts'
import type { Connection } from './parts/feed.ts'
import type { Drawable, Word } from './words.ts'

/** Rows that stand there when the page opens. */
const OPENING = 6
const SEED = 20_260
/** Milliseconds between two messages: people take their time, and sometimes several write at once. */
const PAUSE = { least: 500, most: 2_600, together: 160 }
const TOGETHER = 0.18
const EPOCH = 'demo'

export interface DemoEnds {
  /** The whole script at once, and then nothing more. */
  still: boolean
  /** Of an editor's preview, whose draft is then shown; '' = none. */
  key: string
  receive(word: Word): void
  connected(connection: Connection, how: string): void
}

/** Invented people on invented channels: every event that the page gets comes from here, in one order. */
export class Show {
  readonly platforms: readonly About[]
  /** What was asked for last. */
  playing = true
  readonly #receive: (word: Word) => void
  readonly #random = seeded(SEED)
  #seq = 0
  #scenes = 0
  #next: ReturnType<typeof setTimeout> | undefined
  #last: Drawable | null = null

  constructor(platforms: readonly About[], receive: (word: Word) => void) {
    this.platforms = platforms
    this.#receive = receive
  }

  /** Rows that stand there from the beginning come without motion. */
  open(look: Look, rows = OPENING): void {
    this.#receive({
      ...look,
      type: 'welcome',
      epoch: EPOCH,
      seq: rows,
      recovered: true,
      featured: null,
      panic: false,
      slow: false,
      stream: { live: true, startedAt: null, title: null },
      platforms: [...this.platforms],
      build: __BUILD__,
    })
    this.say(Array.from({ length: rows }, () => this.#scene()))
  }

  /** Opens with this look, or changes to it. */
  dress(look: Look): void {
    if (this.#seq === 0) this.open(look)
    else this.#receive({ ...look, type: 'settings' })
  }

  play(): void {
    this.playing = true
    clearTimeout(this.#next)
    const together = this.#random() < TOGETHER
    const pause = together ? PAUSE.together : PAUSE.least + this.#random() * (PAUSE.most - PAUSE.least)
    this.#next = setTimeout(() => {
      this.say([this.#scene()])
      this.play()
    }, pause)
  }

  pause(): void {
    this.playing = false
    this.halt()
  }

  /** The line is gone; whether it plays on afterwards is another matter. */
  halt(): void {
    clearTimeout(this.#next)
  }

  /** The next so many scenes at once. */
  hurry(scenes: number): void {
    this.say(Array.from({ length: scenes }, () => this.#scene()))
  }

  say(scenes: readonly Scene[]): void {
    const now = Date.now()
    const events = scenes.map(({ on, event }): Drawable => {
      const seq = ++this.#seq
      const platform = this.platforms[on % Math.max(1, this.platforms.length)]?.id ?? EPOCH
      return { ...event, seq, id: `${platform}:demo-${seq}`, platform, at: now, receivedAt: now }
    })
    this.#last = events.at(-1) ?? this.#last
    this.#receive({ type: 'events', events })
  }

  /** Events from elsewhere, put into this order. */
  pass(events: readonly ChatEvent[]): void {
    this.#receive({ type: 'events', events: events.map((event) => ({ ...event, seq: ++this.#seq })) })
  }

  /** As when a moderator takes away what was said last. */
  takeBack(): void {
    const last = this.#last
    if (last === null) return
    const { platform, id } = last
    const at = Date.now()
    const target = { id }
    this.pass([{ kind: 'remove', seq: 0, id: `${id}-gone`, platform, at, receivedAt: at, target, by: 'platform' }])
    this.#last = null
  }

  /** The script goes round; its scenes move to the next platform with every round. */
  #scene(): Scene {
    const round = Math.floor(this.#scenes / SCRIPT.length)
    const { on, event } = SCRIPT[this.#scenes++ % SCRIPT.length] ?? SCRIPT[0]
    return { on: on + round, event }
  }
}

/** mulberry32: the same show every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
