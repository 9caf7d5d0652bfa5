import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { Channel } from '../../server/channels/channel.ts'
import { SocketPeer } from '../../server/channels/socket.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import { joinFrames, type Slice } from '../../server/slice.ts'
import { requireOther } from './others.ts'

/** The three servers that the fan-out bench compares, each with the way of sending that its documents advise. */

export interface Way {
  what: string
  url: string
  /** Sends these events to every client: as one frame. */
  emit(events: readonly SentEvent[]): void
  close(): void
}

/** One event, as an object for those who encode themselves, and as the bytes that CrossChat's worker has made of it. */
export interface SentEvent {
  seq: number
  value: { seq: number }
  bytes: Buffer
}

/** CrossChat's own channel and socket, from the slice that the drain hands on to the bytes in the kernel. */
export async function crosschat(): Promise<Way> {
  const channel = new Channel('channel', 'epoch', 0)
  const welcome = { settings: DEFAULT_SETTINGS, stream: { live: false, startedAt: null, title: null }, platforms: [] }
  const { http, url } = await websockets((ws, socket) => {
    const peer = new SocketPeer(ws, socket, { heard: () => {}, closed: () => channel.leave(peer), tooSlow: fellBehind })
    channel.join(peer, null, { ...welcome, featured: null, panic: false, slow: false, build: 'bench' })
  })
  return { what: 'CrossChat', url, emit: (events) => channel.take(sliceOf(events)), close: () => http.close() }
}

function fellBehind(): never {
  throw new Error('A client of the bench fell behind and was cut off; the figures would be wrong.')
}

function sliceOf(events: readonly SentEvent[]): Slice {
  const frame = joinFrames(events.map(({ bytes }) => ({ text: bytes, start: 0, end: bytes.length })))
  const place = { id: 1, author: 1, target: 0, kind: 0, flags: 0, platform: 1, at: 0 }
  const placed = events.map(({ seq, bytes }) => ({ ...place, seq, start: 0, end: bytes.length }))
  return { channelId: 'channel', epoch: 'epoch', frame, events: placed }
}

export async function plainWs(): Promise<Way> {
  const clients = new Set<WebSocket>()
  const { http, url } = await websockets((ws) => {
    clients.add(ws)
    ws.send('{"type":"welcome"}')
  })
  const emit = (events: readonly SentEvent[]) => {
    const text = JSON.stringify(events.map(({ value }) => value))
    for (const client of clients) client.send(text)
  }
  return { what: 'ws', url, emit, close: () => http.close() }
}

async function websockets(greet: (ws: WebSocket, socket: Socket) => void): Promise<{ http: Server; url: string }> {
  const http = createServer()
  new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (ws, { socket }) =>
    greet(ws, socket),
  )
  return { http, url: `ws://127.0.0.1:${await listen(http)}` }
}

async function listen(http: Server): Promise<number> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return (http.address() as AddressInfo).port
}

/** As much of socket.io as the bench calls; its types live in a package that may not be installed yet. */
interface SocketIo {
  Server: new (
    http: Server,
    options: { transports: string[] },
  ) => {
    on(event: 'connection', hear: (socket: { join(room: string): void }) => void): void
    to(room: string): { emit(event: string, value: unknown): void }
  }
}

export async function socketIo(): Promise<Way> {
  const other: SocketIo = requireOther()('socket.io')
  const http = createServer()
  const io = new other.Server(http, { transports: ['websocket'] })
  io.on('connection', (socket) => socket.join('room'))
  const url = `ws://127.0.0.1:${await listen(http)}/socket.io/?EIO=4&transport=websocket`
  const emit = (events: readonly SentEvent[]) => {
    const values = events.map(({ value }) => value)
    io.to('room').emit('events', values.length === 1 ? values[0] : values)
  }
  return { what: 'socket.io 4.8', url, emit, close: () => http.close() }
}
