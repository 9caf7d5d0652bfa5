import { setTimeout as pause } from 'node:timers/promises'
import { PASSWORD, Panel } from '../../help/panel.ts'

/** A call on a kept connection that the server was just closing has not been read. */
const CLOSED_UNREAD: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
const TRIES = 3
const TOO_MANY = 429
const SECOND = 1_000

/** A panel that calls once more where its connection was closed under it, as a browser does, and once its channel may again what must be done. */
export class PatientPanel extends Panel {
  static override async register(base: string, username: string): Promise<PatientPanel> {
    const panel = new PatientPanel(base)
    await panel.json('POST', '/api/auth/register', { username, password: PASSWORD })
    return panel
  }

  override async call(...args: Parameters<Panel['call']>): Promise<Response> {
    for (let tries = 1; ; tries++) {
      try {
        return await super.call(...args)
      } catch (error) {
        if (tries === TRIES || !isClosedUnread(error)) throw error
      }
    }
  }

  /** All hands of a channel share what it may do in a while, and chance may let them act at once. */
  override async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const answer = await this.call(method, path, body, headers)
      const text = await answer.text()
      if (answer.ok) return (text === '' ? null : JSON.parse(text)) as T
      if (answer.status !== TOO_MANY || tries === TRIES)
        throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
      await pause(Number(answer.headers.get('Retry-After')) * SECOND)
    }
  }
}

/** For calls that nobody's panel makes. */
export function patiently(path: string, init: RequestInit): Promise<Response> {
  return fetch(path, init).catch((error: unknown) => {
    if (isClosedUnread(error)) return fetch(path, init)
    throw error
  })
}

function isClosedUnread(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && CLOSED_UNREAD.has(cause.code)
}
