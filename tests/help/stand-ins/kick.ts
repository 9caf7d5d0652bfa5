import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { centrifugoLine, type KickLine, type Manners, type Provider, pusherLine } from './kick-lines.ts'
import { KickSender } from './kick-sender.ts'
import type { ChatStandIn } from './stand-in.ts'

const PUSHER_PATH = '/app/a1b2c3'
const CENTRIFUGO_PATH = '/connection/websocket'
const REALTIME = '/api/v1/realtime'
const CHANNELS = '/api/v2/channels'
const KEY_PATH = '/public/v1/public-key'
const REFUSALS = 2
const BLOCKED = '<!DOCTYPE html><html><body>Request blocked by security policy.</body></html>'
const GARBAGE = [
  'not json',
  '{"push":',
  '[]',
  'null',
  '7',
  '{"event":7}',
  '{"push":{}}',
  '{"id":99,"error":5}',
  '\u0000',
  '',
]

/** What Kick knows of a channel. */
export interface KickChannel {
  slug: string
  id: number
  userId: number
  chatroomId: number
}

/** Kick on this machine: key and webhooks, look-up, negotiation, guest tokens, history, and both sockets. */
export class Kick implements ChatStandIn {
  readonly platform = 'kick'
  readonly env: Readonly<Record<string, string>>
  readonly base: string
  readonly sender = new KickSender()
  readonly lines = new Set<KickLine>()
  readonly manners: Manners
  /** How often each thing was asked for: `key`, `lookup`, `negotiate`, `token`, `history`, or said by a reader. */
  readonly asked = new Map<string, number>()
  /** Ids that readers named as theirs, in the order of their negotiations. */
  readonly clientIds: string[] = []
  /** How the look-up answers. */
  lookup: 'found' | 'blocked' | 'missing' | 'busy' = 'found'
  /** What the negotiation offers; null = it does not answer as it should. */
  providers: Provider[] | null = ['centrifugo', 'pusher']
  /** Which sockets work at all. */
  readonly working = new Set<Provider>(['centrifugo', 'pusher'])
  /** How the key's address answers. */
  key: 'good' | 'down' | 'garbage' | 'hanging' = 'good'
  /** Chat messages as the history has them; null = it does not answer. */
  history: object[] | null = null
  /** Where webhooks of a channel are sent. */
  readonly hooks = new Map<string, KickChannel>()
  readonly troubles: Readonly<Record<string, () => void>> = {
    drop: () => this.#eachLine(({ ws }) => ws.terminate()),
    silent: () =>
      this.#eachLine((line) => {
        line.silent = true
      }),
    garbage: () => this.#eachLine(({ ws }) => GARBAGE.forEach((text) => void ws.send(text))),
    expired: () => this.expire(),
    refuse: () => this.#refuse(),
    switch: () => this.#switch(),
  }
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #channels = new Map<string, KickChannel>()
  readonly #tokens = new Set<string>()
  #refusals = 0
  #waiting: (() => void)[] = []

  private constructor(server: Server) {
    this.#server = server
    const { port } = server.address() as AddressInfo
    this.base = `http://127.0.0.1:${port}`
    this.manners = {
      pingEvery: 200,
      ttl: 2_700,
      refused: new Set(),
      isGood: (token) => typeof token === 'string' && this.#tokens.has(token),
      changed: (what) => this.#count(what),
    }
    this.env = {
      CROSSCHAT_KICK_SOCKET_URL: `ws://127.0.0.1:${port}${PUSHER_PATH}`,
      CROSSCHAT_KICK_REALTIME_URL: `${this.base}${REALTIME}`,
      CROSSCHAT_KICK_API_URL: `${this.base}/public/v1`,
      CROSSCHAT_KICK_PUBLIC_KEY_URL: `${this.base}${KEY_PATH}`,
      CROSSCHAT_KICK_CHANNEL_URL: `${this.base}${CHANNELS}`,
    }
  }

  static async start(port = 0): Promise<Kick> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const kick = new Kick(server)
    kick.#listen()
    return kick
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** A channel of that name, made when it is new. */
  channel(slug: string): KickChannel {
    const n = this.#channels.size + 1
    const known = this.#channels.get(slug) ?? { slug, id: 6_000 + n, userId: 2_000 + n, chatroomId: 5_000 + n }
    this.#channels.set(slug, known)
    return known
  }

  say(name: string, text: string): void {
    const id = randomUUID()
    const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    this.frame('App\\Events\\ChatMessageEvent', chatData({ id, name, text, at }))
    for (const [url, channel] of this.hooks) {
      const body = { broadcaster: broadcaster(channel), ...chatBody({ id, name, text, at }) }
      // Like Kick's own, a delivery that finds nobody is not sent again.
      this.sender.post(url, 'chat.message.sent', body).catch(() => this.#count('undelivered'))
    }
  }

  /** An event to every reader that has subscribed anything, as if it were of the given channel, else of its chat. */
  frame(event: string, data: unknown, channel?: string): void {
    this.frames([{ event, data, ...(channel !== undefined && { channel }) }])
  }

  /** Several events; in one frame where the provider can do that. */
  frames(events: { event: string; data: unknown; channel?: string }[]): void {
    this.#eachLine((line) => {
      const chat = [...line.channels].find((name) => /^chatrooms\.\d+\.v2$/.test(name))
      if (chat === undefined) return
      line.events(
        events.map(({ event, data, channel = chat }) => ({
          event,
          channel,
          data: typeof data === 'string' ? data : JSON.stringify(data),
        })),
      )
    })
  }

  /** Ends every connection with a code of the provider's. */
  end(code: number, reason = 'the end'): void {
    this.#eachLine(({ ws }) => ws.close(code, reason))
  }

  /** What Pusher says before it closes. */
  pusherError(code: number): void {
    this.#eachLine(({ ws }) => ws.send(JSON.stringify({ event: 'pusher:error', data: { code, message: 'no' } })))
  }

  /** Every guest's token is worth nothing any more. */
  expire(): void {
    this.#tokens.clear()
    this.#eachLine(({ ws, provider }) => {
      if (provider === 'centrifugo') ws.close(3005, 'connection expired')
    })
  }

  /** Resolves when the condition holds; looks again whenever something was asked or said. */
  async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`Waited ${withinMs} ms in vain: ${JSON.stringify([...this.asked])}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  count(what: string): number {
    return this.asked.get(what) ?? 0
  }

  #count(what: string): void {
    this.asked.set(what, this.count(what) + 1)
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #eachLine(act: (line: KickLine) => void): void {
    for (const line of [...this.lines]) act(line)
  }

  #refuse(): void {
    this.#refusals = REFUSALS
    this.#eachLine(({ ws }) => ws.terminate())
  }

  /** From here on only the other provider works. */
  #switch(): void {
    const [one] = this.working
    const other = this.working.size > 1 || one === 'centrifugo' ? 'pusher' : 'centrifugo'
    this.working.clear()
    this.working.add(other)
    this.providers = [other]
    this.#eachLine(({ ws }) => ws.terminate())
  }

  #listen(): void {
    const sockets = new WebSocketServer({ noServer: true })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('request', (request, response) => void this.#answer(request, response))
    this.#server.on('upgrade', (request, socket, head) => {
      const provider = providerOf(request.url ?? '')
      this.#count(`open ${provider}`)
      if (provider === null || !this.working.has(provider) || this.#refusals-- > 0) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        return
      }
      sockets.handleUpgrade(request, socket, head, (ws) => {
        const line = (provider === 'pusher' ? pusherLine : centrifugoLine)(ws, this.manners)
        this.lines.add(line)
        ws.on('close', () => {
          this.lines.delete(line)
          this.#count('closed')
        })
      })
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.base).pathname
    const body = await bodyOf(request)
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    if (path === KEY_PATH) this.#answerKey(response, json)
    else if (path.startsWith(`${CHANNELS}/`)) this.#answerLookup(path.slice(CHANNELS.length + 1), response, json)
    else if (path === `${REALTIME}/auth/connection`) this.#answerToken(json)
    else if (path.startsWith(REALTIME) && path.endsWith('/connection')) this.#answerNegotiation(body, json)
    else if (/^\/api\/v1\/chat\/\d+\/history$/.test(path)) this.#answerHistory(json)
    else json({ message: 'not found' }, 404)
  }

  #answerKey(response: ServerResponse, json: Answer): void {
    this.#count('key')
    if (this.key === 'good') json({ data: { public_key: this.sender.publicKey }, message: 'OK' })
    else if (this.key === 'down') json({ message: 'out of order' }, 503)
    else if (this.key === 'garbage')
      json({ data: { public_key: '-----BEGIN PUBLIC KEY-----\nno\n-----END PUBLIC KEY-----' } })
    else response.flushHeaders()
  }

  #answerLookup(slug: string, response: ServerResponse, json: Answer): void {
    this.#count('lookup')
    if (this.lookup === 'blocked') response.writeHead(403, { 'content-type': 'text/html' }).end(BLOCKED)
    else if (this.lookup === 'missing') json({ message: 'not found' }, 404)
    else if (this.lookup === 'busy') json({ message: 'busy' }, 503)
    else {
      const { id, userId, chatroomId } = this.channel(decodeURIComponent(slug))
      const user = { id: userId, username: slug, profile_pic: 'https://files.kick.com/images/user/1/profile.webp' }
      json({ id, user_id: userId, slug, user, chatroom: { id: chatroomId }, subscriber_badges: [], livestream: null })
    }
  }

  #answerNegotiation(body: string, json: Answer): void {
    const { client } = JSON.parse(body) as { client: { id: string } }
    this.clientIds.push(client.id)
    this.#count('negotiate')
    if (this.providers === null) {
      json({ message: 'blocked' }, 403)
      return
    }
    const socket = this.base.replace('http', 'ws')
    const connections = this.providers.map((provider) => ({
      provider,
      credentials:
        provider === 'pusher' ? { app_key: 'a1b2c3', cluster: 'us2' } : { url: `${socket}${CENTRIFUGO_PATH}` },
    }))
    json({ data: { connections, mode: 'websocket' } })
  }

  #answerToken(json: Answer): void {
    const token = randomUUID()
    this.#tokens.add(token)
    this.#count('token')
    json({ data: { token } })
  }

  #answerHistory(json: Answer): void {
    this.#count('history')
    if (this.history === null) json({ message: 'blocked' }, 403)
    else json({ data: { messages: this.history, cursor: '' }, message: 'OK' })
  }
}

type Answer = (value: unknown, status?: number) => void

interface Said {
  id: string
  name: string
  text: string
  /** RFC 3339, to the second. */
  at: string
}

/** A message as the socket and the history have it. */
export function chatData({ id, name, text, at }: Said): object {
  const sender = {
    id: idOf(name),
    username: name,
    slug: slugOf(name),
    identity: { color: '#75FD46', badges: [], badges_v2: [] },
  }
  return { id, chatroom_id: 5_001, content: text, type: 'message', created_at: at.replace('Z', '+00:00'), sender }
}

/** A message as a webhook has it, less its broadcaster. */
export function chatBody({ id, name, text, at }: Said): object {
  const sender = {
    is_anonymous: false,
    user_id: idOf(name),
    username: name,
    channel_slug: slugOf(name),
    identity: null,
  }
  return { message_id: id, replies_to: null, sender, content: text, emotes: null, created_at: at }
}

export function broadcaster({ slug, userId }: Pick<KickChannel, 'slug' | 'userId'>): object {
  return {
    is_anonymous: false,
    user_id: userId,
    username: slug,
    is_verified: false,
    profile_picture: '',
    channel_slug: slug,
  }
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/** The same number for the same name. */
function idOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7)
}

function providerOf(url: string): Provider | null {
  if (url.startsWith('/app/')) return 'pusher'
  return url.startsWith(CENTRIFUGO_PATH) ? 'centrifugo' : null
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
