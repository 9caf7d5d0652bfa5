export const connect = (id: string, label: string): string => `import { Backoff } from '../../backoff.ts'
import { Wire } from '../../wire.ts'
import type { Connector, Ears, Following, Ground, SourceOrder } from '../platform.ts'

/** Where the chat is; a setting of that name in server/settings.ts replaces it. */
const ADDRESS = 'wss://chat.example'
const PAUSES = { first: 1_000, longest: 30_000 }
const QUIET_AFTER_MS = 60_000
const DEAD_AFTER_MS = 15_000

/** What connects to ${label.replaceAll('*/', '')}: one socket a channel. */
export function connector(ground: Ground): Connector {
  const readers = new Set<Reader>()
  return {
    follow(order, ears) {
      const reader = new Reader(order, ears, ground, () => readers.delete(reader))
      readers.add(reader)
      return reader
    },
    close() {
      for (const reader of [...readers]) reader.stop()
    },
  }
}

/** Comes back by itself, with growing pauses, until it is stopped. */
class Reader implements Following {
  readonly #address: string
  readonly #ears: Ears
  readonly #ground: Ground
  readonly #gone: () => void
  readonly #backoff: Backoff
  #wire: Wire | null = null
  #pause: NodeJS.Timeout | null = null

  constructor({ name }: SourceOrder, ears: Ears, ground: Ground, gone: () => void) {
    this.#address = \`\${ground.settings.${id}Url ?? ADDRESS}/\${encodeURIComponent(name)}\`
    this.#ears = ears
    this.#ground = ground
    this.#gone = gone
    this.#backoff = new Backoff({ first: ground.ms(PAUSES.first), longest: ground.ms(PAUSES.longest) }, ground.random)
    this.#connect()
  }

  stop(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#pause = null
    this.#wire?.close()
    this.#gone()
  }

  retry(): void {
    if (this.#pause !== null) this.#connect()
  }

  #connect(): void {
    if (this.#pause !== null) clearTimeout(this.#pause)
    this.#pause = null
    this.#ears.connecting()
    const times = { quietAfter: this.#ground.ms(QUIET_AFTER_MS), deadAfter: this.#ground.ms(DEAD_AFTER_MS) }
    this.#wire = new Wire(
      this.#address,
      {
        opened: () => this.#opened(),
        heard: (frame) => this.#heard(frame),
        quiet: () => this.#wire?.send('ping'),
        closed: (why) => this.#closed(why),
      },
      times,
    )
  }

  /** Live when the platform has confirmed the channel, and no earlier; here it does so by opening. */
  #opened(): void {
    this.#backoff.succeeded()
    this.#ears.live({ filled: false })
  }

  /** While the line takes no more, nothing is read. */
  #heard(frame: string): void {
    const wire = this.#wire
    const { full } = this.#ears.take(frame)
    if (full === null) return
    wire?.pause()
    void full.then(() => wire?.resume())
  }

  #closed(why: string): void {
    const pause = this.#backoff.next()
    this.#ears.retry(\`The connection was lost (\${why}).\`, pause)
    this.#pause = setTimeout(() => this.#connect(), pause)
  }
}
`
