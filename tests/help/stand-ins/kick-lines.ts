import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'

/** The two sockets of Kick, as far as a reader sees them. */

export type Provider = 'pusher' | 'centrifugo'

/** One reader's connection. */
export interface KickLine {
  readonly provider: Provider
  readonly ws: WebSocket
  /** What it has subscribed. */
  readonly channels: Set<string>
  /** Half-open: it says nothing any more, and hears nothing. */
  silent: boolean
  /** Sends events of a channel, all of them in one frame where the provider can. */
  events(events: { event: string; data: string; channel: string }[]): void
}

/** What a test may want otherwise. */
export interface Manners {
  /** A ping so often, ms. What is announced is as on air. */
  pingEvery: number
  /** Seconds that a guest's token is good for. */
  ttl: number
  /** Answers to subscriptions of these channels are an error. */
  refused: Set<string>
  /** Whether a guest's token is good. */
  isGood(token: unknown): boolean
  /** Something came of what a reader said. */
  changed(what: string): void
}

const ACTIVITY_TIMEOUT_S = 30
const PING_S = 25

export function pusherLine(ws: WebSocket, manners: Manners): KickLine {
  const line = newLine('pusher', ws, (events) => {
    for (const { event, data, channel } of events) say({ event, data, channel })
  })
  const say = (frame: object) => {
    if (!line.silent) ws.send(JSON.stringify(frame))
  }
  const established = { socket_id: '123.456', activity_timeout: ACTIVITY_TIMEOUT_S }
  say({ event: 'pusher:connection_established', data: JSON.stringify(established) })
  ws.on('message', (data) => {
    const { event, data: said } = JSON.parse(String(data)) as { event: string; data?: { channel?: string } }
    if (line.silent) return
    if (event === 'pusher:ping') say({ event: 'pusher:pong', data: {} })
    else if (event === 'pusher:subscribe') subscribe(said?.channel ?? '')
    manners.changed(event)
  })
  const subscribe = (channel: string) => {
    if (manners.refused.has(channel)) {
      say({ event: 'pusher:subscription_error', channel, data: { type: 'AuthError', status: 403 } })
      return
    }
    line.channels.add(channel)
    say({ event: 'pusher_internal:subscription_succeeded', data: '{}', channel })
  }
  return line
}

interface Command {
  id?: number
  connect?: { token?: string }
  subscribe?: { channel?: string; flag?: number }
  refresh?: { token?: string }
}

export function centrifugoLine(ws: WebSocket, manners: Manners): KickLine {
  const line = newLine('centrifugo', ws, (events) => {
    const pushes = events.map(({ channel, event, data }) => ({ push: { channel, pub: { data: { event, data } } } }))
    // A ping may stand between pushes; a line break ends each of them.
    if (pushes.length > 1) say(pushes[0], {}, ...pushes.slice(1))
    else say(...pushes)
  })
  const say = (...replies: (object | undefined)[]) => {
    if (!line.silent) ws.send(replies.map((reply) => JSON.stringify(reply)).join('\n'))
  }
  const about = { ping: PING_S, pong: true, ttl: manners.ttl, expires: true }
  const answer = ({ id, connect, subscribe, refresh }: Command) => {
    const token = connect ?? refresh
    if (token !== undefined && !manners.isGood(token.token)) say({ id, error: { code: 109, message: 'token expired' } })
    else if (connect !== undefined) say({ id, connect: { client: randomUUID(), version: '6.0.0', ...about } })
    else if (refresh !== undefined) say({ id, refresh: { client: 'x', expires: true, ttl: manners.ttl } })
    else if (subscribe !== undefined) subscribed(id, subscribe)
  }
  const subscribed = (id: number | undefined, { channel = '', flag }: NonNullable<Command['subscribe']>) => {
    // Channel compaction would need a map of its own on the other side.
    if (flag !== undefined || manners.refused.has(channel))
      say({ id, error: { code: 103, message: 'permission denied' } })
    else {
      line.channels.add(channel)
      say({ id, subscribe: {} })
    }
  }
  ws.on('message', (data) => {
    if (line.silent) return
    for (const text of String(data).split('\n')) {
      const command = JSON.parse(text) as Command
      answer(command)
      manners.changed(Object.keys(command).find((name) => name !== 'id') ?? 'pong')
    }
  })
  const pings = setInterval(() => say({}), manners.pingEvery)
  ws.on('close', () => clearInterval(pings))
  return line
}

function newLine(provider: Provider, ws: WebSocket, events: KickLine['events']): KickLine {
  return { provider, ws, channels: new Set(), silent: false, events }
}
