import { OutsideError } from '../../fetching.ts'
import { filled, isObject, shaped } from '../../foreign.ts'
import { Wire } from '../../wire.ts'
import type { CentrifugoError, Connected, Push, Reply } from './payload.ts'
import { type Loss, objectIn, seconds, type Talk, type TalkParts } from './talk.ts'

/** Centrifugo's JSON protocol, as far as a guest that reads needs it. */

const PING_S = 25
const LONGEST_PING_S = 300
/** A ping that comes late by the first is odd; late by both, the connection is dead. */
const LATE_MS = 5_000
const DEAD_MS = 5_000
/** Of a token's time, so much goes by before the next one is fetched. */
const REFRESH_AT = 0.8
const LONGEST_TTL_S = 86_400
const REFRESH_AGAIN_MS = 30_000
/** "connection expired": with a fresh token we are welcome. */
const EXPIRED = 3_005

export interface CentrifugoParts extends TalkParts {
  /** Fetches a guest's token. Throws OutsideError. */
  token(): Promise<string>
}

type Asked = { what: 'connect' | 'refresh' } | { what: 'subscribe'; channel: string }

export class Centrifugo implements Talk {
  readonly #parts: CentrifugoParts
  readonly #asked = new Map<number, Asked>()
  #wire: Wire | null = null
  #lastId = 0
  #refresh: NodeJS.Timeout | null = null
  #over = false

  constructor(parts: CentrifugoParts) {
    this.#parts = parts
    void this.#open()
  }

  pause(): void {
    this.#wire?.pause()
  }

  resume(): void {
    this.#wire?.resume()
  }

  close(): void {
    this.#over = true
    if (this.#refresh !== null) clearTimeout(this.#refresh)
    this.#wire?.close()
  }

  async #open(): Promise<void> {
    const token = await this.#token()
    if (this.#over) return
    if (token === null) this.#end({ why: 'Kick gives no token for its socket.', next: 'soon' })
    else this.#connect(token)
  }

  #connect(token: string): void {
    this.#wire = new Wire(
      this.#parts.url,
      {
        opened: () => this.#ask({ what: 'connect' }, { connect: { token, name: 'js' } }),
        heard: (frame) => this.#hear(frame),
        quiet: () => this.#parts.ears.quiet(),
        closed: (why, code) => this.#end(lossOf(code, why)),
      },
      this.#times(PING_S * 1_000),
    )
  }

  #times(ping: number): { quietAfter: number; deadAfter: number } {
    const { ground } = this.#parts
    return { quietAfter: ground.ms(ping + LATE_MS), deadAfter: ground.ms(DEAD_MS) }
  }

  /** Null = Kick gives none. */
  async #token(): Promise<string | null> {
    try {
      return await this.#parts.token()
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
      return null
    }
  }

  #ask(asked: Asked, command: object): void {
    const id = ++this.#lastId
    this.#asked.set(id, asked)
    this.#wire?.send(JSON.stringify({ ...command, id }))
  }

  /** One frame may hold several objects, each on a line of its own. */
  #hear(frame: string): void {
    this.#parts.ears.heard()
    for (const line of frame.split('\n')) {
      const reply = objectIn(line)
      if (this.#over) return
      if (reply !== undefined) this.#take(shaped<Reply>(reply), line)
    }
  }

  #take(reply: Reply, line: string): void {
    if (Object.keys(reply).length === 0) this.#wire?.send('{}')
    else if (isObject(reply.push)) this.#pushed(shaped<Push>(reply.push), line)
    else if (typeof reply.id === 'number') this.#answered(reply.id, reply)
  }

  #pushed({ pub, channel, unsubscribe, disconnect }: Push, line: string): void {
    if (isObject(pub)) this.#parts.ears.payload(line)
    else if (isObject(disconnect)) this.#end(lossOfError(shaped<CentrifugoError>(disconnect)))
    else if (isObject(unsubscribe) && channel === this.#parts.channels[0])
      this.#end({ why: 'Kick’s socket took the chat away.', next: 'soon' })
  }

  #answered(id: number, reply: Reply): void {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (asked === undefined) return
    if (asked.what === 'subscribe') this.#subscribed(asked.channel, reply)
    else if (reply.error !== undefined) this.#end(lossOfError(shaped<CentrifugoError>(reply.error)))
    else if (asked.what === 'connect') this.#connected(shaped<Connected>(reply.connect))
    else this.#refreshLater(shaped<Connected>(reply.refresh))
  }

  #connected(answer: Connected): void {
    this.#wire?.expect(this.#times(seconds(answer.ping, PING_S, LONGEST_PING_S)))
    this.#refreshLater(answer)
    // Without the flag for compaction: with it, pushes might name their channel by a number.
    for (const channel of this.#parts.channels) this.#ask({ what: 'subscribe', channel }, { subscribe: { channel } })
  }

  /** Chats differ in which of the channels they have; without the first there is nothing to read. */
  #subscribed(channel: string, { error }: Reply): void {
    if (channel !== this.#parts.channels[0]) return
    if (error === undefined) this.#parts.ears.ready()
    else this.#end(lossOfError(shaped<CentrifugoError>(error)))
  }

  #refreshLater({ ttl, expires }: Connected): void {
    if (expires !== true) return
    this.#refreshIn(seconds(ttl, LONGEST_TTL_S, LONGEST_TTL_S) * REFRESH_AT)
  }

  #refreshIn(ms: number): void {
    this.#refresh = setTimeout(() => void this.#refreshNow(), this.#parts.ground.ms(ms))
  }

  async #refreshNow(): Promise<void> {
    const token = await this.#token()
    if (this.#over) return
    if (token === null) this.#refreshIn(REFRESH_AGAIN_MS)
    else this.#ask({ what: 'refresh' }, { refresh: { token } })
  }

  #end(loss: Loss): void {
    if (this.#over) return
    this.close()
    this.#parts.ears.over(loss)
  }
}

function lossOfError({ code, message, reason }: CentrifugoError): Loss {
  const number = typeof code === 'number' ? code : 0
  return lossOf(number, filled(message) ?? filled(reason) ?? `error ${number}`)
}

/** 3500 to 3999 and 4500 to 4999 are final: come back much later, and as somebody else. */
function lossOf(code: number, reason: string): Loss {
  const why = `Kick’s socket: ${reason.slice(0, 100)}.`
  if ((code >= 3_500 && code <= 3_999) || (code >= 4_500 && code <= 4_999)) return { why, next: 'later' }
  return { why, next: code === EXPIRED ? 'at once' : 'soon' }
}
