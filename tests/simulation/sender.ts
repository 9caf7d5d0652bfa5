import type { LineDoor, Receipt } from '../../server/house.ts'
import { pick } from '../../workers/random.ts'
import { deleteLine, ircLine } from '../help/panel.ts'
import type { Sent } from './history.ts'
import { CHANNEL, HELD_WORD, HIDDEN_WORD } from './plan.ts'

/** Lines of one request, and letters that fill one. */
const SIZES = [1, 1, 1, 2, 3, 30] as const
const LENGTHS = [5, 5, 80, 400] as const
const HIDDEN_SHARE = 0.08
const HELD_SHARE = 0.04
/** Of its requests, so many say again what was said before, as platforms do. */
const AGAIN_SHARE = 0.1
/** Of its requests, so many take away all that it wrote. */
const BAN_SHARE = 0.02

/** The platform's clock: its own for each sender, so that a seed is one history. */
const FIRST_STAMP = 1_700_000_000_000

export type Sizes = readonly [number, ...number[]]

/** Whoever takes what is sent, for as long as it lives. */
export interface Door {
  line: Pick<LineDoor, 'push'>
}

export const UNKEPT = { archived: false, archivedAgain: false }

interface Request {
  body: string
  /** Of what it was not sure that it was taken: to be noted with the answer. */
  sent: Sent[]
  /** What it takes away. */
  removes: string | null
}

/** Somebody who pushes chat, one request after the other; what is not answered well is sent again. */
export class Sender {
  readonly name: string
  readonly #random: () => number
  readonly #sent: Sent[]
  readonly #removed: string[]
  readonly #banned: boolean
  readonly #sizes: Sizes
  #nth = 0
  /** Lines with messages, those said again among them. */
  #said = 0
  #stamp = FIRST_STAMP
  #request: Request | null = null
  /** The server that has it; null = nobody. */
  #with: Door | null = null

  /**
   * `sent` and `removed`: where all senders write down what they did. `banned`: now and then a platform takes away all that it wrote. `sizes`:
   * how many lines a request may have.
   */
  constructor(
    name: string,
    random: () => number,
    sent: Sent[],
    removed: string[],
    { banned = false, sizes = SIZES }: { banned?: boolean; sizes?: Sizes } = {},
  ) {
    this.name = name
    this.#random = random
    this.#sent = sent
    this.#removed = removed
    this.#banned = banned
    this.#sizes = sizes
  }

  get waits(): boolean {
    return this.#with !== null
  }

  /** A request of it is still without a good answer. */
  get owes(): boolean {
    return this.#request !== null
  }

  /** The server fell: the connection is gone, and nobody knows what was taken. */
  cutOff(): void {
    this.#with = null
  }

  /** Sends the next request, or the one that failed once more. */
  send(server: Door): void {
    this.#request ??= this.#make()
    const request = this.#request
    this.#with = server
    server.line.push(CHANNEL, 'twitch', request.body, {}).then(
      (receipt) => {
        if (this.#with === server) this.#answered(request, receipt)
      },
      () => {
        if (this.#with === server) this.#with = null
      },
    )
  }

  #answered({ sent, removes }: Request, { accepted, archived }: Receipt): void {
    const fresh = new Set(accepted.map(({ id }) => id))
    for (const each of sent) {
      each.taken = true
      if (fresh.has(each.id)) each.archived ||= archived
      else each.archivedAgain ||= archived
    }
    if (removes !== null) this.#removed.push(removes)
    this.#with = this.#request = null
  }

  #make(): Request {
    const random = this.#random
    const own = this.#sent.filter(({ by }) => by === this.name)
    if (own.length > 0 && random() < AGAIN_SHARE) return this.#again(own.slice(-(1 + Math.floor(random() * 5))))
    if (own.length > 0 && random() < AGAIN_SHARE) return this.#removal()
    if (this.#banned && own.length > 0 && random() < BAN_SHARE) return { body: this.#ban(), sent: [], removes: null }
    const sent = Array.from({ length: pick(random, this.#sizes) }, () => this.#next())
    return { body: sent.map(({ id }) => this.#lineOf(id)).join('\r\n'), sent, removes: null }
  }

  /** Of anybody's, also of what has not arrived yet. */
  #removal(): Request {
    const { id } = this.#sent[Math.floor(this.#random() * this.#sent.length)] ?? { id: '' }
    return { body: this.#stamped(deleteLine(bare(id))), sent: [], removes: id }
  }

  #again(sent: Sent[]): Request {
    for (const each of sent) each.again = [...(each.again ?? []), ++this.#said]
    return { body: sent.map(({ id }) => this.#written(id, 'said again')).join('\r\n'), sent, removes: null }
  }

  #next(): Sent {
    this.#nth++
    const id = `twitch:${this.name}-${this.#nth}`
    const sent = { id, by: this.name, nth: ++this.#said, taken: false, ...UNKEPT }
    this.#sent.push(sent)
    return sent
  }

  #ban(): string {
    return this.#stamped(
      `@room-id=2002;target-user-id=${this.#person};tmi-sent-ts=1 :tmi.twitch.tv CLEARCHAT #cool_channel :noodle_knight`,
    )
  }

  get #person(): string {
    return `10${this.name.slice(1)}`
  }

  #stamped(line: string): string {
    return line.replace(/tmi-sent-ts=\d+/, `tmi-sent-ts=${this.#stamp++}`)
  }

  #lineOf(id: string): string {
    const chance = this.#random()
    const word = chance < HIDDEN_SHARE ? HIDDEN_WORD : chance < HIDDEN_SHARE + HELD_SHARE ? HELD_WORD : 'hello'
    return this.#stamped(this.#written(id, `${word} ${'x'.repeat(pick(this.#random, LENGTHS))}`))
  }

  #written(id: string, text: string): string {
    return ircLine(bare(id), text).replace('user-id=1001', `user-id=${this.#person}`)
  }
}

/** As the platform has it. */
function bare(id: string): string {
  return id.slice('twitch:'.length)
}
