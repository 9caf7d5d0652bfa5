import type { Log } from '../../log.ts'
import { Away, type Link } from '../../redis/link.ts'
import { entriesOf, type StreamEntry, textOf } from '../../redis/reply.ts'
import type { StreamReader } from '../../redis/stream-reader.ts'

const KEY = 'crosschat:house'
/** What a node that was cut off for a while can still read. */
const KEPT = 10_000
/** What waits here while Redis is away. */
const MAX_WAITING = 1_000
const BEGINNING = '0-0'

export interface ShoutParts {
  link: Link
  reader: StreamReader
  node: string
  log: Log
}

/** What every node tells all the others, whatever the channel: in order, each once, also over a break of the connection. */
export class Shouts {
  readonly #parts: ShoutParts
  readonly #waiting: string[] = []
  #sending: Promise<void> | null = null
  #heard: (text: string) => void = () => {}

  constructor(parts: ShoutParts) {
    this.#parts = parts
  }

  /** Told from now on. Throws when Redis cannot be asked. */
  async listen(heard: (text: string) => void): Promise<void> {
    this.#heard = heard
    const [newest] = entriesOf(await this.#parts.link.ask(['XREVRANGE', KEY, '+', '-', 'COUNT', '1']))
    this.#parts.reader.read(KEY, newest?.id ?? BEGINNING, (entries) => this.#take(entries))
  }

  shout(text: string): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.#parts.log.error(
        { waiting: this.#waiting.length },
        'other nodes do not hear of a change: too much waits for Redis',
      )
      return
    }
    this.#waiting.push(text)
    this.send()
  }

  send(): void {
    if (this.#sending !== null || !this.#parts.link.ready) return
    this.#sending = this.#sendAll()
      .catch((error: unknown) => {
        if (!(error instanceof Away)) this.#parts.log.error({ err: error }, 'Redis refused a word to the other nodes')
      })
      .finally(() => {
        this.#sending = null
      })
  }

  /** A word that was sent without an answer is sent again: to be told twice does no harm. */
  async #sendAll(): Promise<void> {
    for (let text = this.#waiting[0]; text !== undefined; text = this.#waiting[0]) {
      await this.#parts.link.ask([
        'XADD',
        KEY,
        'MAXLEN',
        '~',
        String(KEPT),
        '*',
        'node',
        this.#parts.node,
        'text',
        text,
      ])
      this.#waiting.shift()
    }
  }

  #hear(text: string): void {
    try {
      this.#heard(text)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'a word of another node could not be followed')
    }
  }

  #take(entries: StreamEntry[]): void {
    for (const { fields } of entries) {
      if (textOf(fields.get('node')) !== this.#parts.node) this.#hear(textOf(fields.get('text')))
    }
  }
}
