import { clean } from '../../text.ts'
import { Wire } from '../../wire.ts'
import { type Ground, MAX_ITEMS } from '../platform.ts'
import { parseLine, trailingText } from './irc.ts'
import { type Glance, glance, isChat, linesOf } from './irc-glance.ts'
import { Joins } from './irc-joins.ts'

/** The server pings about every 5 minutes; we ask after a minute of silence, and give up soon after. */
export const QUIET_AFTER_MS = 60_000
export const STALE_AFTER_MS = 5_000
export const DEAD_AFTER_MS = 15_000
export const OPEN_WITHIN_MS = 20_000
export const WELCOME_WITHIN_MS = 20_000
/** Signs of life are told no more often than this; each is told to every channel. */
export const HEARD_EVERY_MS = 1_000
/** Any name of this form may read without a password. */
const GUEST = 'justinfan'
const FIRST_GUEST = 10_000
const GUESTS = 900_000

export interface SessionEars {
  welcomed(): void
  /** The server knows the channel, and its lines come from here on. */
  joined(login: string): void
  /** The server does not know the channel. */
  missing(login: string): void
  /** The server has taken us out of the channel. */
  parted(login: string): void
  roomId(login: string, id: string): void
  /** Lines of one channel, in order. A promise is given while no more can be taken. */
  chat(login: string, lines: string[]): Promise<unknown> | null
  heard(): void
  stale(): void
  /** The server is about to close this connection. */
  leaving(): void
  /** Told exactly once, and never after `close`; `why` is a sentence. */
  closed(why: string): void
}

/** One anonymous login at Twitch's IRC, from the handshake to the end. */
export class Session {
  readonly #ground: Ground
  readonly #ears: SessionEars
  readonly #wire: Wire
  readonly #joins: Joins
  readonly #nick: string
  #welcomed = false
  #opened = false
  #held = false
  #over = false
  #heardAt = 0
  #deadline: NodeJS.Timeout | null = null

  constructor(ground: Ground, ears: SessionEars) {
    this.#ground = ground
    this.#ears = ears
    this.#nick = `${GUEST}${FIRST_GUEST + Math.floor(ground.random() * GUESTS)}`
    this.#joins = new Joins(ground, {
      ask: (login) => this.#wire.send(`JOIN #${login}\r\n`),
      missing: (login) => ears.missing(login),
      deaf: () => this.#held,
    })
    this.#wire = new Wire(
      ground.settings.twitchIrcUrl ?? '',
      {
        opened: () => this.#greet(),
        heard: (frame) => this.#hear(frame),
        quiet: () => this.#ask(),
        closed: (why) => this.#end(why),
      },
      {
        quietAfter: ground.ms(QUIET_AFTER_MS),
        deadAfter: ground.ms(DEAD_AFTER_MS),
        connectWithin: ground.ms(OPEN_WITHIN_MS),
      },
    )
  }

  /** The server takes channels. */
  get welcomed(): boolean {
    return this.#welcomed
  }

  join(login: string): void {
    if (this.#welcomed) this.#joins.join(login)
  }

  has(login: string): boolean {
    return this.#joins.has(login)
  }

  /** Joined, or known to be missing. */
  settled(login: string): boolean {
    return this.#joins.settled(login)
  }

  part(login: string): void {
    if (this.#joins.leave(login)) this.#wire.send(`PART #${login}\r\n`)
  }

  /** Ends it without a word to the ears. */
  close(): void {
    this.#over = true
    this.#unset()
    this.#joins.stop()
    this.#wire.close()
  }

  #greet(): void {
    this.#opened = true
    this.#deadline = setTimeout(() => this.#end('no welcome in time'), this.#ground.ms(WELCOME_WITHIN_MS))
    this.#wire.send('CAP REQ :twitch.tv/tags twitch.tv/commands\r\n')
    this.#wire.send(`NICK ${this.#nick}\r\n`)
  }

  /** Without an answer the channels become stale, and a little later the wire cuts itself. */
  #ask(): void {
    this.#wire.send('PING :crosschat\r\n')
    if (!this.#welcomed) return
    this.#unset()
    this.#deadline = setTimeout(() => this.#ears.stale(), this.#ground.ms(STALE_AFTER_MS))
  }

  #unset(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline)
    this.#deadline = null
  }

  #hear(frame: string): void {
    if (this.#welcomed) this.#alive()
    const chat = new Map<string, string[]>()
    for (const line of linesOf(frame)) {
      if (this.#over) return
      const seen = glance(line)
      if (isChat(seen)) gather(chat, loginOf(seen), line)
      this.#control(line, seen)
    }
    for (const [login, lines] of chat) this.#take(login, lines)
  }

  #alive(): void {
    this.#unset()
    const now = performance.now()
    if (now - this.#heardAt < this.#ground.ms(HEARD_EVERY_MS)) return
    this.#heardAt = now
    this.#ears.heard()
  }

  #take(login: string, lines: string[]): void {
    for (let at = 0; at < lines.length; at += MAX_ITEMS) {
      const full = this.#ears.chat(login, lines.slice(at, at + MAX_ITEMS))
      if (full !== null) this.#hold(full)
    }
  }

  /** Reads on once the line takes more. */
  #hold(full: Promise<unknown>): void {
    if (this.#held) return
    this.#held = true
    this.#wire.pause()
    void full.then(() => {
      this.#held = false
      this.#wire.resume()
    })
  }

  #control(line: string, seen: Glance): void {
    switch (seen.command) {
      case 'PING':
        this.#wire.send(`PONG ${line.slice(line.indexOf('PING') + 'PING '.length) || ':tmi.twitch.tv'}\r\n`)
        break
      case 'CAP':
        this.#capability(line)
        break
      case '001':
        this.#welcome()
        break
      case 'RECONNECT':
        this.#ears.leaving()
        break
      case 'NOTICE':
        this.#notice(line, seen)
        break
      case 'JOIN':
      case '366':
      case 'ROOMSTATE':
      case 'PART':
        this.#membership(line, seen)
        break
    }
  }

  #welcome(): void {
    this.#unset()
    if (this.#welcomed) return
    this.#welcomed = true
    this.#ears.welcomed()
  }

  /** Without tags there are no ids: nothing could be taken away, and nothing told from what came before. */
  #capability(line: string): void {
    if (parseLine(line)?.params[1]?.toUpperCase() === 'NAK') this.#end('tags are refused')
  }

  #notice(line: string, seen: Glance): void {
    const notice = parseLine(line)
    if (notice === undefined) return
    if (notice.tags.get('msg-id') === 'msg_channel_suspended') this.#joins.refused(loginOf(seen))
    // Before the welcome every notice is about the login, and none is good.
    else if (!this.#welcomed && !seen.target.startsWith('#'))
      this.#end(clean(trailingText(notice)) || 'the login is refused')
  }

  #membership(line: string, { command, target }: Glance): void {
    const parsed = parseLine(line)
    if (parsed === undefined) return
    const own = parsed.prefix.startsWith(`${this.#nick}!`)
    const login = loginOf({ command, target: command === '366' ? (parsed.params[1] ?? '') : target })
    if (command === 'PART') {
      if (own && this.#joins.has(login) && this.#joins.leave(login)) this.#ears.parted(login)
      return
    }
    if (command === 'JOIN' && !own) return
    if (this.#joins.joined(login)) this.#ears.joined(login)
    const id = parsed.tags.get('room-id') ?? ''
    if (command === 'ROOMSTATE' && id !== '') this.#ears.roomId(login, id)
  }

  #end(why: string): void {
    if (this.#over) return
    this.close()
    const what = this.#opened ? 'The connection to Twitch was lost' : 'Twitch cannot be reached'
    this.#ears.closed(`${what}: ${clean(why)}.`)
  }
}

function loginOf({ target }: Glance): string {
  return target.replace(/^#/, '').toLowerCase()
}

function gather(chat: Map<string, string[]>, login: string, line: string): void {
  const lines = chat.get(login)
  if (lines === undefined) chat.set(login, [line])
  else lines.push(line)
}
