import { createClient, ErrorReply, RESP_TYPES } from '@redis/client'
import { Backoff } from '../../workers/backoff.ts'
import { CrossChatError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Script } from './script.ts'

/** What Redis answers; texts come as bytes. */
export type Reply = number | Buffer | null | Reply[]
export type Argument = string | Buffer

/** An answer that takes longer means that the connection is dead, however open it looks. */
export const ANSWER_WITHIN_MS = 2_000
const CONNECT_WITHIN_MS = 2_000
/** Shorter than leases are patient behind a break: whoever had a channel is back before others take what ran out meanwhile. */
const RETRY = { first: 50, longest: 500 }

export interface LinkEnds {
  url: string
  log: Log
  /** Names the connection in Redis's own list of clients. */
  name: string
}

/** Beginnings of what a Redis says that has become somebody's replica: behind the same name another one may answer by now. */
const DEMOTED = ['READONLY', 'MASTERDOWN', 'UNBLOCKED']
/** It still reads its file. */
const LOADING = 'LOADING'

/** Redis cannot be asked right now, or its answer did not come: what was asked may have happened. Whoever needs it is told to come back. */
export class Away extends CrossChatError {
  /** `what`: what is wrong, as a sentence. */
  constructor(what: string) {
    super('busy', { message: `${what} Try again in a moment.`, retryAfter: 1 })
  }
}

/**
 * One connection to Redis that comes back by itself. Nothing waits in it while it is away: whoever asks hears so at once, and keeps what
 * must not be lost.
 */
export class Link {
  readonly #ends: LinkEnds
  readonly #backoff = new Backoff(RETRY)
  #client: Client | null = null
  #retry: NodeJS.Timeout | null = null
  #closed = false
  #told = false
  /** Told each time that it stands. */
  onReady: () => void = () => {}

  constructor(ends: LinkEnds) {
    this.#ends = ends
  }

  begin(): void {
    void this.#connect()
  }

  get ready(): boolean {
    return this.#client !== null
  }

  /** Throws Away, or what Redis says against it. */
  async ask(args: Argument[], withinMs = ANSWER_WITHIN_MS): Promise<Reply> {
    const client = this.#client
    if (client === null) throw new Away('Redis cannot be reached.')
    let late: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        reject(new Away(`Redis did not answer within ${withinMs} ms.`))
        this.#lose(client)
      }, withinMs)
    })
    try {
      return await Promise.race([client.sendCommand<Reply>(args), tooLate])
    } catch (error) {
      if (error instanceof Away) throw error
      if (!(error instanceof ErrorReply)) throw new Away('The way to Redis broke.')
      if (error.message.startsWith(LOADING)) throw new Away('Redis is not ready yet.')
      if (!DEMOTED.some((beginning) => error.message.startsWith(beginning))) throw error
      this.#lose(client)
      throw new Away(A_REPLICA)
    } finally {
      clearTimeout(late)
    }
  }

  /** Runs a script, which Redis learns when it does not know it yet. */
  async run(script: Script, keys: string[], args: Argument[]): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...args]
    try {
      return await this.ask(['EVALSHA', script.sha, ...rest])
    } catch (error) {
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error
      return this.ask(['EVAL', script.text, ...rest])
    }
  }

  close(): void {
    this.#closed = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    const client = this.#client
    this.#client = null
    client?.destroy()
  }

  async #connect(): Promise<void> {
    const client = clientFor(this.#ends)
    // Without a listener an error of the connection would end the process.
    client.on('error', (error: unknown) => this.#broke(client, error))
    // What stands open and never says a word is no connection either.
    const late = setTimeout(() => client.destroy(), CONNECT_WITHIN_MS + ANSWER_WITHIN_MS)
    try {
      await client.connect()
      await requirePrimary(client)
    } catch (error) {
      this.#again(error)
      return
    } finally {
      clearTimeout(late)
    }
    if (this.#closed) {
      client.destroy()
      return
    }
    this.#client = client
    this.#backoff.succeeded()
    if (this.#told) this.#ends.log.info({ link: this.#ends.name }, 'Redis is back')
    this.#told = false
    this.onReady()
  }

  #broke(client: Client, error: unknown): void {
    if (this.#client !== client) return
    this.#client = null
    if (client.isOpen) client.destroy()
    this.#again(error)
  }

  #lose(client: Client): void {
    this.#broke(client, new Away('Redis answers no longer.'))
  }

  #again(error: unknown): void {
    if (this.#closed) return
    // Said once, and not at each try.
    if (!this.#told) this.#ends.log.warn({ err: error, link: this.#ends.name }, 'Redis cannot be reached')
    this.#told = true
    this.#retry = setTimeout(() => void this.#connect(), this.#backoff.next())
  }
}

const A_REPLICA = 'This Redis is the replica of another one: it takes nothing.'

/** Throws where it is a replica. Whoever may not ask that finds out by the first refusal. */
async function requirePrimary(client: Client): Promise<void> {
  const said = await client.sendCommand<Reply>(['ROLE']).catch((error: unknown) => {
    if (error instanceof ErrorReply) return null
    throw error
  })
  const role = Array.isArray(said) ? String(said[0]) : ''
  if (role !== 'slave') return
  client.destroy()
  throw new Away(A_REPLICA)
}

type Client = ReturnType<typeof clientFor>

function clientFor({ url, name }: LinkEnds) {
  return createClient({
    url,
    name,
    RESP: 2,
    maintNotifications: 'disabled',
    disableOfflineQueue: true,
    disableClientInfo: true,
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: Buffer } },
    socket: { connectTimeout: CONNECT_WITHIN_MS, reconnectStrategy: false },
  })
}
