import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { serve } from './line-load.ts'
import { requireOther } from './others.ts'

/**
 * The shape CrossChat began with: a thread posts objects, the main thread gathers them in an array, and a timer copies each
 * by way of its JSON and emits it by socket.io, one by one. The thread and the normaliser are CrossChat's own.
 */

const DRAIN_EVERY_MS = 50
const ROOM = 'channel'

/** As much of socket.io as is called here; its types live in a package that may not be installed yet. */
interface SocketIo {
  Server: new (
    http: ReturnType<typeof createServer>,
    options: { transports: string[] },
  ) => {
    on(event: 'connection', hear: (socket: { join(room: string): void }) => void): void
    to(room: string): { emit(event: string, value: unknown): void }
  }
}

const socketIo: SocketIo = requireOther()('socket.io')
const http = createServer()
const io = new socketIo.Server(http, { transports: ['websocket'] })
io.on('connection', (socket) => socket.join(ROOM))
http.listen(0, '127.0.0.1')
await once(http, 'listening')

const waiting: unknown[] = []
const worker = new Worker(new URL('./line-seed-thread.js', import.meta.url))
await once(worker, 'online')
worker.on('message', (event: unknown) => waiting.push(event))
setInterval(drain, DRAIN_EVERY_MS)

process.once('disconnect', () => process.exit())
const { port } = http.address() as AddressInfo
serve({ url: `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, hello: null }, (body) =>
  worker.postMessage(body),
)

function drain(): void {
  for (const event of waiting.splice(0)) io.to(ROOM).emit('message', JSON.parse(JSON.stringify(event)))
}
