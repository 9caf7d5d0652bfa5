import { fetchText } from '../../fetching.ts'
import { isObject } from '../../foreign.ts'
import { NeedsPerson } from './hindrance.ts'

/** The way to the web page's own interface, by the package youtubei.js: it knows what a browser sends besides the question. */

/**
 * Not written into the import itself: the package is optional, and without it this file must still be compiled. It is loaded when it is
 * first needed, since it takes half a second and 20 MB.
 */
const PACKAGE: string = 'youtubei.js'
const ORIGIN = 'https://www.youtube.com'

/** As much of the package as is used. */
interface Library {
  Innertube: { create(options: SessionOptions): Promise<Session> }
}
interface SessionOptions {
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>
  generate_session_locally: boolean
  retrieve_player: boolean
  retrieve_innertube_config: boolean
}
interface Session {
  actions: { execute(endpoint: string, question: { continuation: string; parse: false }): Promise<unknown> }
}

export type Load = () => Promise<unknown>

export const loadPackage: Load = () => import(PACKAGE)

export interface DoorParts {
  webUrl: string
  load: Load
  /** Runs one request; aborted when the source is let go. */
  during<Result>(act: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  within: number
}

export interface Answer {
  status: number
  text: string
}

export class Door {
  readonly #parts: DoorParts
  #session: Session | null = null
  #answer: Answer = { status: 0, text: '' }

  constructor(parts: DoorParts) {
    this.#parts = parts
  }

  /** The next part of a chat as YouTube wrote it. Throws OutsideError without an answer, NeedsPerson without the package. */
  async ask(continuation: string): Promise<Answer> {
    const session = await this.#opened()
    let failure: unknown
    this.#answer = { status: 0, text: '' }
    await session.actions.execute('live_chat/get_live_chat', { continuation, parse: false }).catch((error: unknown) => {
      failure = error
    })
    // The package makes an error of every status but 2xx, and of what is no JSON: what came is told as it came.
    if (this.#answer.status === 0 && failure !== undefined) throw failure
    return this.#answer
  }

  async #opened(): Promise<Session> {
    if (this.#session !== null) return this.#session
    const library = await this.#parts.load().catch(absent)
    if (!isLibrary(library)) return absent(new Error('The package has no Innertube.'))
    this.#session = await library.Innertube.create({
      fetch: (input, init) => this.#fetch(input, init),
      generate_session_locally: true,
      retrieve_player: false,
      retrieve_innertube_config: false,
    })
    return this.#session
  }

  /** Every request of the package: in time, bounded, and to the address that is set instead of YouTube's own. */
  async #fetch(input: Request | URL | string, init: RequestInit = {}): Promise<Response> {
    const { webUrl, within, during } = this.#parts
    const url = new URL(input instanceof Request ? input.url : input)
    const headers = Object.fromEntries(new Headers(init.headers))
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const asked = { headers, within, ...(body !== undefined && { method: 'POST' as const, body }) }
    const path = url.href.slice(url.origin.length)
    const base = url.origin === ORIGIN ? webUrl : url.origin
    const { status, text } = await during((signal) => fetchText(`${base}${path}`, { ...asked, signal }))
    this.#answer = { status, text }
    return new Response(text, { status, headers: { 'content-type': 'application/json' } })
  }
}

function absent(cause: unknown): never {
  const why =
    'Without an API key YouTube is read by the package youtubei.js, which is not there. Set an API key, or install it: npm install youtubei.js'
  throw Object.assign(new NeedsPerson(why), { cause })
}

function isLibrary(value: unknown): value is Library {
  const { Innertube } = (isObject(value) ? value : {}) as { Innertube?: { create?: unknown } }
  return typeof Innertube?.create === 'function'
}
