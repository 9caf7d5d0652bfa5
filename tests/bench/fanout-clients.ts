import { WebSocket } from 'ws'

/** A process full of real WebSocket clients, the same for every server that is measured: `node fanout-clients.js URL COUNT`. */

export type FromClients = { type: 'connected' } | { type: 'frames'; total: number }

/** Shorter frames are pings and greetings. */
const SHORTEST_EVENTS_FRAME = 300
const SOCKET_IO_PING = '2'
const SOCKET_IO_PONG = '3'
const SOCKET_IO_JOIN = '40'

const [url = '', count = '0'] = process.argv.slice(2)
const sockets = Number(count)
/** Frames between two words to the bench: five a client. */
const tellEvery = sockets * 5
let frames = 0

const say = (word: FromClients) => process.send?.(word)
const clients = await Promise.all(Array.from({ length: sockets }, connect))
for (const client of clients) client.on('message', hear)
say({ type: 'connected' })
process.on('disconnect', () => process.exit(0))

function connect(): Promise<WebSocket> {
  const client = new WebSocket(url, { perMessageDeflate: false })
  client.on('error', (error) => {
    throw error
  })
  return new Promise((resolve) => {
    // Every server greets; one that speaks socket.io wants to be asked in first.
    client.on('message', function greeted(data: Buffer) {
      if (data[0] === 0x30) return client.send(SOCKET_IO_JOIN)
      client.off('message', greeted)
      resolve(client)
    })
  })
}

function hear(this: WebSocket, data: Buffer): void {
  if (data.length < SHORTEST_EVENTS_FRAME) {
    if (data.toString() === SOCKET_IO_PING) this.send(SOCKET_IO_PONG)
    return
  }
  if (++frames % tellEvery === 0) say({ type: 'frames', total: frames })
}
