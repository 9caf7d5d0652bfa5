import type { ErrorView } from '../../server/api.ts'
import { ApiError } from './error.ts'

const UNREACHABLE = {
  code: 'unreachable',
  message: 'The server cannot be reached. Check that CrossChat is running, then try again.',
}
/** What 429 means when it does not say how long. */
const DEFAULT_WAIT_S = 30
export type Fetch = (path: string, init: RequestInit) => Promise<Response>

/** Names the channel that a call speaks of. */
const CHANNEL_HEADER = 'x-crosschat-channel'

/** One call: its answer, read; or an `ApiError`. */
export type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** What calls need from the page. */
export interface Page {
  fetch: Fetch
  /** Hears of every 401 on a call that needs an account. */
  signedOut: () => void
  /** The channel to name; null = the own. */
  channel: () => string | null
}

export function caller(page: Page): Call {
  return async <T>(method: string, path: string, body?: unknown) => {
    const answer = await send(page, method, path, body)
    if (answer.ok) return (answer.status === 204 ? undefined : await read(answer)) as T
    const error = await errorOf(answer)
    if (error.code === 'signed_out') page.signedOut()
    throw error
  }
}

async function send({ fetch, channel: named }: Page, method: string, path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const channel = named()
  if (channel !== null) headers[CHANNEL_HEADER] = channel
  const init: RequestInit = { method, credentials: 'same-origin', headers }
  if (body !== undefined) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  try {
    return await fetch(path, init)
  } catch {
    throw new ApiError(0, UNREACHABLE)
  }
}

/** A file of text is given as it is. */
async function read(answer: Response): Promise<unknown> {
  const isText = answer.headers.get('content-type')?.startsWith('text/plain') === true
  try {
    return isText ? await answer.text() : await answer.json()
  } catch {
    throw new ApiError(answer.status, {
      code: 'broken_answer',
      message: 'The answer of the server broke off. Try again.',
    })
  }
}

/** A proxy in front may answer with something that is no ErrorView. */
async function errorOf(answer: Response): Promise<ApiError> {
  const view: unknown = await answer.json().catch(() => null)
  const error = isErrorView(view) ? view.error : {}
  return new ApiError(answer.status, error, answer.status === 429 ? waitOf(answer) : null)
}

function isErrorView(view: unknown): view is ErrorView {
  return typeof view === 'object' && view !== null && 'error' in view && typeof view.error === 'object'
}

function waitOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_WAIT_S
}

/** Leaves out what is null or empty. */
export function query(values: Record<string, string | number | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== '') search.set(name, String(value))
  }
  return search.toString()
}
