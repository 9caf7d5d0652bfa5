import { filled, shaped } from '../../foreign.ts'
import { Wire } from '../../wire.ts'
import type { Established, Frame, PusherError } from './payload.ts'
import { type Loss, objectIn, seconds, type Talk, type TalkParts } from './talk.ts'

/** Pusher's protocol 7, as far as a reader of public channels needs it. */

const QUERY = 'protocol=7&client=js&version=8.4.0&flash=false'
const ACTIVITY_S = 120
/** A ping is answered within this. */
const PONG_WITHIN_MS = 30_000
const PING = JSON.stringify({ event: 'pusher:ping', data: {} })
const PONG = JSON.stringify({ event: 'pusher:pong', data: {} })

export class Pusher implements Talk {
  readonly #parts: TalkParts
  readonly #wire: Wire

  constructor(parts: TalkParts) {
    this.#parts = parts
    const { url, ears, ground } = parts
    const address = new URL(url)
    address.search = QUERY
    const times = { quietAfter: ground.ms(ACTIVITY_S * 1_000), deadAfter: ground.ms(PONG_WITHIN_MS) }
    this.#wire = new Wire(
      address.href,
      {
        opened: () => ears.heard(),
        heard: (frame) => this.#hear(frame),
        quiet: () => this.#wire.send(PING),
        closed: (why, code) => ears.over(lossOf(code, why)),
      },
      times,
    )
  }

  pause(): void {
    this.#wire.pause()
  }

  resume(): void {
    this.#wire.resume()
  }

  close(): void {
    this.#wire.close()
  }

  #hear(text: string): void {
    const { ears } = this.#parts
    ears.heard()
    const frame = shaped<Frame>(objectIn(text))
    const event = filled(frame.event)
    if (event === undefined) return
    if (event.startsWith('pusher')) this.#obey(event, frame)
    else ears.payload(text)
  }

  #obey(event: string, frame: Frame): void {
    const chat = frame.channel === this.#parts.channels[0]
    if (event === 'pusher:connection_established') this.#subscribe(frame)
    else if (event === 'pusher:ping') this.#wire.send(PONG)
    else if (event === 'pusher:error') this.#failed(dataOf<PusherError>(frame))
    else if (event === 'pusher_internal:subscription_succeeded' && chat) this.#parts.ears.ready()
    else if (event === 'pusher:subscription_error' && chat)
      this.#end({ why: 'Kick’s Pusher socket does not give this chat.', next: 'soon' })
  }

  #subscribe(frame: Frame): void {
    const { ground, channels } = this.#parts
    const quietAfter = ground.ms(seconds(dataOf<Established>(frame).activity_timeout, ACTIVITY_S, ACTIVITY_S))
    this.#wire.expect({ quietAfter, deadAfter: ground.ms(PONG_WITHIN_MS) })
    for (const channel of channels)
      this.#wire.send(JSON.stringify({ event: 'pusher:subscribe', data: { auth: '', channel } }))
  }

  /** Errors without a code of the protocol are about single things that were asked, not about the connection. */
  #failed({ code, message }: PusherError): void {
    if (typeof code !== 'number' || code < 4_000 || code > 4_299) return
    this.#end(lossOf(code, filled(message) ?? `error ${code}`))
  }

  #end(loss: Loss): void {
    this.#wire.close()
    this.#parts.ears.over(loss)
  }
}

/** Data is JSON in a string, or the value itself. */
function dataOf<Shape extends object>({ data }: Frame): Partial<Shape> {
  return shaped(typeof data === 'string' ? objectIn(data) : data) as Partial<Shape>
}

/** 4000 to 4099: do not come back like this. 4100 to 4199: come back after a pause. 4200 to 4299: come back at once. */
function lossOf(code: number, reason: string): Loss {
  const why = `Kick’s Pusher socket: ${reason.slice(0, 100)}.`
  if (code >= 4_000 && code <= 4_099) return { why, next: 'later' }
  return { why, next: code >= 4_200 && code <= 4_299 ? 'at once' : 'soon' }
}
