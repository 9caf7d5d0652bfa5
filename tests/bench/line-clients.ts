import { WebSocket } from 'ws'
import { stampOf } from './line-load.ts'
import { percentile } from './line-percentile.ts'
import { type FromClients, microseconds, type Seen, type Tell } from './line-words.ts'

/** A crowd of real WebSocket clients: `node line-clients.js URL COUNT [HELLO]`. The first and the last one read, the rest only receive. */

const [url = '', count = '1', hello] = process.argv.slice(2)

/** A server lets so many in from one address (see server/channels/crowd.ts); all of 127.0.0.0/8 is this machine. */
const CLIENTS_AN_ADDRESS = 150
const SOCKET_IO_OPEN = '0'
const SOCKET_IO_JOIN = '40'
const SOCKET_IO_PING = '2'
const SOCKET_IO_PONG = '3'
const SOCKET_IO_EVENT = '42'

/** Reads every event, and takes the time it took to come here. */
class Watcher {
  readonly #stamps: { number: number; took: number }[] = []
  #at = 0

  hear(data: Buffer): void {
    for (const text of textsOf(data.toString())) {
      const { at, number } = stampOf(text)
      if (number !== this.arrived + 1) throw new Error(`Message ${number} came after message ${this.arrived}.`)
      this.#at = microseconds()
      this.#stamps.push({ number, took: this.#at - at })
    }
  }

  get arrived(): number {
    return this.#stamps.at(-1)?.number ?? 0
  }

  seen(measured: number): Seen {
    const took = this.#stamps.filter(({ number }) => number >= measured).map((stamp) => stamp.took)
    return { arrived: this.arrived, at: this.#at, p50: percentile(took, 0.5), p99: percentile(took, 0.99) }
  }
}

const first = new Watcher()
const last = Number(count) === 1 ? first : new Watcher()
const say = (word: FromClients) => process.send?.(word)

for (let i = 0; i < Number(count); i++) await connect(i)
say({ type: 'connected' })
process.on('message', (word: Tell) => void tell(word))
process.on('disconnect', () => process.exit())

/** Resolves once the client is in: clients stand with the server in the order of their numbers. */
function connect(number: number): Promise<void> {
  const localAddress = `127.0.0.${1 + Math.floor(number / CLIENTS_AN_ADDRESS)}`
  const client = new WebSocket(url, { perMessageDeflate: false, localAddress })
  client.on('close', (code) => {
    throw new Error(`Client ${number} was closed with ${code}.`)
  })
  if (hello !== undefined) client.on('open', () => client.send(hello))
  return new Promise((resolve) => {
    client.on('message', function greeted(data: Buffer) {
      if (hello === undefined && String(data).startsWith(SOCKET_IO_OPEN)) return client.send(SOCKET_IO_JOIN)
      client.off('message', greeted)
      client.on('message', earOf(number))
      resolve()
    })
  })
}

function earOf(number: number): (this: WebSocket, data: Buffer) => void {
  const watcher = number === 0 ? first : number === Number(count) - 1 ? last : null
  return function hear(data) {
    if (data.length === SOCKET_IO_PING.length && data.toString() === SOCKET_IO_PING) this.send(SOCKET_IO_PONG)
    watcher?.hear(data)
  }
}

/** The texts of the events in a frame, of either server; none for any other frame. */
function textsOf(frame: string): string[] {
  if (frame.startsWith(SOCKET_IO_EVENT)) return [JSON.parse(frame.slice(SOCKET_IO_EVENT.length))[1].text]
  if (!frame.startsWith('{')) return []
  const word: { type: string; events?: { text: string }[] } = JSON.parse(frame)
  return word.type === 'events' ? (word.events ?? []).map(({ text }) => text) : []
}

async function tell({ measured, submitted, withinMs }: Tell): Promise<void> {
  const late = performance.now() + withinMs
  while (Math.min(first.arrived, last.arrived) < submitted && performance.now() < late) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  say({ type: 'seen', first: first.seen(measured), last: last.seen(measured) })
}
