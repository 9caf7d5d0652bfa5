import type { LineDoor, Receipt } from '../../server/house.ts'
import { pick } from '../../workers/random.ts'
import { deleteLine, ircLine } from '../help/panel.ts'
import type { Sent } from './checker.ts'
import { CHANNEL, HIDDEN_WORD } from './plan.ts'

/** Lines of one request, and letters that fill one. */
const SIZES = [1, 1, 1, 2, 3, 30] as const
const LENGTHS = [5, 5, 80, 400] as const
const HIDDEN_SHARE = 0.08
/** Of its requests, so many say again what was said before, as platforms do. */
const AGAIN_SHARE = 0.1

/** The platform's clock: its own for each sender, so that a seed is one history. */
const FIRST_STAMP = 1_700_000_000_000

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
  #nth = 0
  #stamp = FIRST_STAMP
  #request: Request | null = null
  /** The server that has it; null = nobody. */
  #with: Door | null = null

  /** `sent` and `removed`: where all senders write down what they did. */
  constructor(name: string, random: () => number, sent: Sent[], removed: string[]) {
    this.name = name
    this.#random = random
    this.#sent = sent
    this.#removed = removed
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
    if (own.length > 0 && random() < AGAIN_SHARE) return again(own.slice(-(1 + Math.floor(random() * 5))))
    if (own.length > 0 && random() < AGAIN_SHARE) return this.#removal()
    const sent = Array.from({ length: pick(random, SIZES) }, () => this.#next())
    return { body: sent.map(({ id }) => this.#lineOf(id)).join('\r\n'), sent, removes: null }
  }

  /** Of anybody's, also of what has not arrived yet. */
  #removal(): Request {
    const { id } = this.#sent[Math.floor(this.#random() * this.#sent.length)] ?? { id: '' }
    return { body: this.#stamped(deleteLine(bare(id))), sent: [], removes: id }
  }

  #next(): Sent {
    this.#nth++
    const sent = { id: `twitch:${this.name}-${this.#nth}`, by: this.name, nth: this.#nth, taken: false, ...UNKEPT }
    this.#sent.push(sent)
    return sent
  }

  #stamped(line: string): string {
    return line.replace(/tmi-sent-ts=\d+/, `tmi-sent-ts=${this.#stamp++}`)
  }

  #lineOf(id: string): string {
    const word = this.#random() < HIDDEN_SHARE ? HIDDEN_WORD : 'hello'
    return this.#stamped(ircLine(bare(id), `${word} ${'x'.repeat(pick(this.#random, LENGTHS))}`))
  }
}

function again(sent: Sent[]): Request {
  return { body: sent.map(({ id }) => ircLine(bare(id), 'said again')).join('\r\n'), sent, removes: null }
}

/** As the platform has it. */
function bare(id: string): string {
  return id.slice('twitch:'.length)
}
