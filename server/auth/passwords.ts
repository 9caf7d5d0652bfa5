import { createHmac, randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { CrossChatError } from '../errors.ts'
import { threadAddress } from '../threads.ts'

/** Sign-ins that may wait for the hashing thread; beyond it the answer is `busy`. */
export const MAX_WAITING = 16
const COST = 12
/** How long the thread waits for another password before it ends: most of the time nobody signs in. */
const IDLE_MS = 10_000
const RETRY_AFTER_SECONDS = 2
/** Names how a password becomes what bcrypt sees, so that a later way can stand beside this one. */
const SCHEME = '$cc1'
const PEPPER = 'crosschat password 1'
/** bcrypt makes little and keeps nothing: more room would only stay resident. */
const YOUNG_MB = 3
const BCRYPT_HASH = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/

type Task = { type: 'hash'; text: string; cost: number } | { type: 'compare'; text: string; hash: string }
type Done = { id: number; result: string | boolean } | { id: number; failed: string }
interface Waiting {
  resolve(result: string | boolean): void
  reject(error: CrossChatError): void
}

export interface PasswordOptions {
  /** bcrypt's cost; each step doubles the time. */
  cost?: number
  idleMs?: number
  /** Starts the thread. */
  start?: () => Worker
}

/**
 * Hashes and checks passwords in a thread of their own. bcrypt sees only 72 bytes and stops there, so it is given an
 * HMAC-SHA-256 of the password instead: every byte of a long one counts. A thread that dies is replaced; whoever waited
 * for it hears `busy`.
 */
export class Passwords {
  readonly #cost: number
  readonly #idleMs: number
  readonly #startThread: () => Worker
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  #next = 1
  #closed = false
  #dummy: Promise<string> | null = null

  constructor({ cost = COST, idleMs = IDLE_MS, start = startThread }: PasswordOptions = {}) {
    this.#cost = cost
    this.#idleMs = idleMs
    this.#startThread = start
    this.#dummyHash().catch(() => {})
  }

  /** Throws `busy`. */
  async hash(password: string): Promise<string> {
    return SCHEME + (await this.#hashed(digest(password)))
  }

  /** With null (no such account) it takes the same time and says no. Throws `busy`. */
  async verify(password: string, hash: string | null): Promise<boolean> {
    const known = hash?.startsWith(SCHEME) === true && BCRYPT_HASH.test(hash.slice(SCHEME.length))
    const against = known ? hash.slice(SCHEME.length) : await this.#dummyHash()
    const same = await this.#ask({ type: 'compare', text: digest(password), hash: against })
    return known && same === true
  }

  /** Ends the thread; whoever waits hears `busy`. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stay()
    await this.#worker?.terminate()
  }

  async #hashed(text: string): Promise<string> {
    return String(await this.#ask({ type: 'hash', text, cost: this.#cost }))
  }

  /** Made by the same function at the same cost as real ones: comparing with it must take the same time. */
  #dummyHash(): Promise<string> {
    const made = this.#dummy ?? this.#hashed(digest(randomBytes(16).toString('hex')))
    this.#dummy = made
    made.catch(() => {
      if (this.#dummy === made) this.#dummy = null
    })
    return made
  }

  #ask(task: Task): Promise<string | boolean> {
    if (this.#closed || this.#waiting.size >= MAX_WAITING) return Promise.reject(busy())
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#stay()
      this.#worker ??= this.#start()
      this.#worker.ref()
      this.#worker.postMessage({ ...task, id })
    })
  }

  #start(): Worker {
    const worker = this.#startThread()
    worker.on('message', (done: Done) => this.#settle(done))
    // Without a listener the thread's error would end this process; the exit that follows says all there is to do.
    worker.on('error', () => {})
    worker.on('exit', () => this.#lose(worker))
    return worker
  }

  #settle(done: Done): void {
    const waiting = this.#waiting.get(done.id)
    this.#waiting.delete(done.id)
    if (this.#waiting.size === 0) this.#idleFrom()
    if ('result' in done) waiting?.resolve(done.result)
    else waiting?.reject(busy(done.failed))
  }

  /** A process with nothing else to do does not wait for it, but where it is ended for its end. */
  #idleFrom(): void {
    if (this.#closed) return
    this.#worker?.unref()
    this.#idle = setTimeout(() => this.#rest(), this.#idleMs).unref()
  }

  /** Whoever comes next starts another one. */
  #rest(): void {
    const worker = this.#worker
    this.#worker = null
    void worker?.terminate()
  }

  #stay(): void {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
  }

  #lose(worker: Worker): void {
    // One that was idle has been replaced by then, or nobody waits.
    if (this.#worker !== worker) return
    this.#worker = null
    const lost = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const each of lost) each.reject(busy('the hashing thread ended'))
  }
}

/** 44 letters for any password. Composed and decomposed letters are the same letters (RFC 8265). */
function digest(password: string): string {
  return createHmac('sha256', PEPPER).update(password.normalize('NFC')).digest('base64')
}

function busy(cause?: string): CrossChatError {
  return new CrossChatError('busy', { retryAfter: RETRY_AFTER_SECONDS, cause })
}

function startThread(): Worker {
  return new Worker(threadAddress('password'), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
}
