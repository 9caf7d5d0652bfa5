import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ChatStandIn } from './stand-in.ts'

/** What Twitch counts: so many channels asked for, and so many logins, in so many ms. */
const JOINS_ALLOWED = 20
const LOGINS_ALLOWED = 20
const WINDOW_MS = 10_000
/** Channels at once on one connection. */
const ROOMS_ALLOWED = 100
/** How long handshakes are refused, and how long after RECONNECT a connection is closed by the server. */
const REFUSE_MS = 5_000
const GOODBYE_MS = 30_000
const SERVER = ':tmi.twitch.tv'

export interface TwitchIrcOptions {
  /** What the waits of CrossChat are divided by; the limits are, too. */
  haste?: number
}

interface Guest {
  socket: WebSocket
  nick: string
  /** Answers nothing and says nothing, while its socket stays open. */
  mute: boolean
  rooms: Set<string>
  joins: number[]
}

/** Twitch's IRC over WebSocket, as far as an anonymous reader meets it. */
export class TwitchIrc implements ChatStandIn {
  readonly platform = 'twitch'
  /** Limits that were broken, as sentences; the real one would shut the door. */
  readonly violations: string[] = []
  /** Lines that came, oldest first. */
  readonly heard: string[] = []
  /** Channels that do not exist: a JOIN is never answered. */
  readonly unknown = new Set<string>()
  /** Channels whose JOIN is answered by a notice. */
  readonly suspended = new Set<string>()
  /** Answers `CAP REQ` with NAK. */
  refusesTags = false
  /** Answers `NICK` with a notice that the login failed. */
  refusesLogin = false
  /** Connections that were ever opened. */
  opened = 0
  readonly #haste: number
  readonly #http: Server
  readonly #wss = new WebSocketServer({ noServer: true })
  readonly #guests = new Set<Guest>()
  readonly #logins: number[] = []
  readonly #waiting = new Set<() => void>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #refusing = false

  readonly troubles = {
    drop: () => this.#drop(),
    silent: () => {
      for (const guest of this.#guests) guest.mute = true
    },
    garbage: () => this.#garbage(),
    reconnect: () => this.#reconnect(),
    refuse: () => {
      this.refuse(true)
      this.#drop()
      this.#later(REFUSE_MS, () => this.refuse(false))
    },
  }

  private constructor({ haste = 1 }: TwitchIrcOptions) {
    this.#haste = haste
    this.#http = createServer((_request, response) => response.writeHead(426).end())
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.#refusing) socket.end('HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\n')
      else this.#wss.handleUpgrade(request, socket, head, (client) => this.#welcome(client))
    })
  }

  static async start(port = 0, options: TwitchIrcOptions = {}): Promise<TwitchIrc> {
    const irc = new TwitchIrc(options)
    irc.#http.listen(port, '127.0.0.1')
    await once(irc.#http, 'listening')
    return irc
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  get env(): Readonly<Record<string, string>> {
    return { CROSSCHAT_TWITCH_IRC_URL: this.url }
  }

  /** Connections that are open and hear. */
  get connections(): number {
    return [...this.#guests].filter(({ mute }) => !mute).length
  }

  /** How many connections are in the channel. */
  listeners(channel: string): number {
    return this.#inside(channel).length
  }

  get channels(): string[] {
    return [...new Set([...this.#guests].flatMap(({ rooms }) => [...rooms]))]
  }

  say(name: string, text: string): void {
    for (const channel of this.channels) this.send(channel, chatLine(channel, name, text))
  }

  /** Raw lines to everyone in the channel, in one frame. */
  send(channel: string, ...lines: string[]): void {
    for (const guest of this.#inside(channel)) tell(guest, ...lines)
  }

  /** A raw frame to every connection. */
  frame(data: string | Buffer): void {
    for (const { socket, mute } of this.#guests) if (!mute) socket.send(data)
  }

  refuse(on: boolean): void {
    this.#refusing = on
  }

  /** Takes everyone out of the channel, as when it is renamed. */
  expel(channel: string): void {
    for (const guest of this.#inside(channel)) {
      guest.rooms.delete(channel)
      tell(guest, `${as(guest)} PART #${channel}`)
    }
  }

  /** Resolves when the condition holds; looks again whenever a client says something, comes or goes. */
  async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`The stand-in waited in vain; it heard ${JSON.stringify(this.heard.slice(-10))}`)
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          this.#waiting.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, left)
        this.#waiting.add(wake)
      })
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#drop()
    this.#wss.close()
    this.#http.close()
    this.#http.closeAllConnections()
    await once(this.#http, 'close')
  }

  #inside(channel: string): Guest[] {
    return [...this.#guests].filter(({ rooms, mute }) => rooms.has(channel) && !mute)
  }

  #drop(): void {
    for (const { socket } of this.#guests) socket.terminate()
    this.#guests.clear()
    this.#wake()
  }

  #reconnect(): void {
    for (const guest of this.#guests) {
      tell(guest, `${SERVER} RECONNECT`)
      this.#later(GOODBYE_MS, () => guest.socket.close())
    }
  }

  #garbage(): void {
    const frames = [
      '',
      '\r\n\r\n',
      ' ',
      ':',
      '@',
      '@a=b',
      '@a=b :',
      ': PRIVMSG',
      'PRIVMSG',
      ':!@ PRIVMSG #',
      '\u0000\u0001\uFFFF',
      '{"not":"irc"}',
      '[1,2]',
      ':tmi.twitch.tv 999 x y z',
      'CAP',
      'NOTICE',
      'JOIN #nobody_asked',
      ':x 366',
      '@room-id= ROOMSTATE',
      `@${'a=b;'.repeat(5_000)} :x`,
    ]
    for (const frame of frames) this.frame(frame)
    this.frame(Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28]))
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms / this.#haste)
    this.#timers.add(timer)
  }

  #welcome(socket: WebSocket): void {
    this.opened++
    const guest: Guest = { socket, nick: '', mute: false, rooms: new Set(), joins: [] }
    this.#guests.add(guest)
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#guests.delete(guest)
      this.#wake()
    })
    socket.on('message', (data) => {
      for (const line of String(data).split('\r\n')) if (line !== '') this.#hear(guest, line)
      this.#wake()
    })
    this.#wake()
  }

  #hear(guest: Guest, line: string): void {
    this.heard.push(line)
    if (guest.mute) return
    const [command = '', first = '', ...rest] = line.split(' ')
    if (command === 'CAP') this.#capabilities(guest, rest.join(' '))
    else if (command === 'NICK') this.#login(guest, first)
    else if (command === 'JOIN') for (const channel of first.split(',')) this.#join(guest, channel)
    else if (command === 'PART') this.#part(guest, first)
    else if (command === 'PING') tell(guest, `${SERVER} PONG tmi.twitch.tv ${first}`)
    else if (command !== 'PONG' && command !== 'PASS')
      tell(guest, `${SERVER} 421 ${guest.nick} ${command} :Unknown command`)
  }

  #capabilities(guest: Guest, wanted: string): void {
    tell(guest, `${SERVER} CAP * ${this.refusesTags ? 'NAK' : 'ACK'} ${wanted}`)
  }

  #login(guest: Guest, nick: string): void {
    this.#count(this.#logins, LOGINS_ALLOWED, 'logins')
    if (this.refusesLogin || !/^justinfan\d+$/.test(nick)) {
      tell(guest, `${SERVER} NOTICE * :Login authentication failed`)
      return
    }
    guest.nick = nick
    const lines = ['001 :Welcome, GLHF!', '002 :Your host is tmi.twitch.tv', '003 :This server is rather new', '004 :-']
    lines.push('375 :-', '372 :You are in a maze of twisty passages, all alike.', '376 :>')
    tell(guest, ...lines.map((line) => `${SERVER} ${line.replace(' ', ` ${nick} `)}`))
  }

  #join(guest: Guest, channel: string): void {
    this.#count(guest.joins, JOINS_ALLOWED, 'channels')
    const login = channel.replace(/^#/, '')
    if (this.unknown.has(login)) return
    if (this.suspended.has(login)) {
      const notice = 'This channel does not exist or has been suspended.'
      tell(guest, `@msg-id=msg_channel_suspended ${SERVER} NOTICE ${channel} :${notice}`)
      return
    }
    guest.rooms.add(login)
    if (guest.rooms.size > ROOMS_ALLOWED) this.violations.push(`${guest.rooms.size} channels on one connection`)
    const own = `:${guest.nick}.tmi.twitch.tv`
    tell(
      guest,
      `${as(guest)} JOIN ${channel}`,
      `${own} 353 ${guest.nick} = ${channel} :${guest.nick}`,
      `${own} 366 ${guest.nick} ${channel} :End of /NAMES list`,
    )
    const room = `emote-only=0;followers-only=-1;r9k=0;room-id=${roomId(login)};slow=0;subs-only=0`
    tell(guest, `@${room} ${SERVER} ROOMSTATE ${channel}`)
  }

  #part(guest: Guest, channel: string): void {
    guest.rooms.delete(channel.replace(/^#/, ''))
    tell(guest, `${as(guest)} PART ${channel}`)
  }

  #count(times: number[], allowed: number, what: string): void {
    const now = performance.now()
    times.push(now)
    const recent = times.filter((at) => now - at < WINDOW_MS / this.#haste).length
    if (recent > allowed) this.violations.push(`${recent} ${what} in ${WINDOW_MS / this.#haste} ms`)
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

function tell({ socket, mute }: Guest, ...lines: string[]): void {
  if (!mute) socket.send(lines.map((line) => `${line}\r\n`).join(''))
}

function as({ nick }: Guest): string {
  return `:${nick}!${nick}@${nick}.tmi.twitch.tv`
}

/** The id of a channel or a person: the same for the same name. */
export function roomId(login: string): string {
  return String([...login].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_000, 7))
}

/** A PRIVMSG of an invented person. */
export function chatLine(channel: string, name: string, text: string, id: string = randomUUID()): string {
  const login = name.toLowerCase().replace(/[^a-z0-9_]/g, '_')
  const tags = [
    'badge-info=',
    'badges=',
    'color=#1E90FF',
    `display-name=${name.replaceAll(' ', '\\s')}`,
    'emotes=',
    'first-msg=0',
    'flags=',
    `id=${id}`,
    'mod=0',
    `room-id=${roomId(channel)}`,
    'subscriber=0',
    `tmi-sent-ts=${Date.now()}`,
    'turbo=0',
    `user-id=${roomId(login)}`,
    'user-type=',
  ]
  return `@${tags.join(';')} :${login}!${login}@${login}.tmi.twitch.tv PRIVMSG #${channel} :${text}`
}
