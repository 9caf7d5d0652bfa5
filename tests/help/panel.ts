import { setTimeout as sleep } from 'node:timers/promises'
import type { MeView } from '../../server/api/accounts.ts'
import type { OverlayView } from '../../server/api/overlays.ts'
import type { ProducedView } from '../../server/api/sources.ts'
import type { StreamView } from '../../server/api/streams.ts'
import type { EventsView } from '../../server/api/transcripts.ts'
import type { Archived } from '../../server/stores/archive.ts'

export const PASSWORD = 'plain long password'
/** Of several servers: so long after one was killed another one runs its channels, and so often whoever is told so asks again. */
const MOVED_WITHIN_MS = 15_000
const ASK_AGAIN_MS = 200

/** A person signed in to a server, as the panel's page would be. */
export class Panel {
  readonly base: string
  cookie = ''

  constructor(base: string) {
    this.base = base
  }

  static async register(base: string, username: string, more: Record<string, string> = {}): Promise<Panel> {
    const panel = new Panel(base)
    await panel.json('POST', '/api/auth/register', { username, password: PASSWORD, ...more })
    return panel
  }

  /** The same account once more, as from another browser. */
  static async login(base: string, username: string): Promise<Panel> {
    const panel = new Panel(base)
    await panel.json('POST', '/api/auth/login', { username, password: PASSWORD })
    return panel
  }

  /** Goes on with the same account on a server that was started again on the same port or another. */
  at(base: string): Panel {
    const panel = new Panel(base)
    panel.cookie = this.cookie
    return panel
  }

  /** Asked again while a channel is being moved to another server: nothing of the request was taken. */
  async call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response> {
    for (const until = Date.now() + MOVED_WITHIN_MS; ; await sleep(ASK_AGAIN_MS)) {
      const answer = await this.#call(method, path, body, headers)
      if (answer.status !== 503 || Date.now() > until || (await codeOf(answer)) !== 'moved') return answer
    }
  }

  async #call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body)
    const answer = await fetch(this.base + path, {
      method,
      redirect: 'manual',
      headers: {
        Origin: this.base,
        ...(this.cookie !== '' && { Cookie: this.cookie }),
        ...(text !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    })
    const set = answer.headers.getSetCookie()
    if (set.length > 0) this.cookie = set.map((each) => each.split(';')[0]).join('; ')
    return answer
  }

  async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.call(method, path, body, headers)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }

  me(): Promise<MeView> {
    return this.json('GET', '/api/auth/me')
  }

  startStream(title = 'A test stream'): Promise<StreamView> {
    return this.json('POST', '/api/streams', { title })
  }

  endStream(): Promise<StreamView> {
    return this.json('POST', '/api/streams/live/end', {})
  }

  /**
   * Pushes IRC lines; throws when they are not taken. Where nobody knows whether they were, since a server went in the middle of the call,
   * they are pushed again: what was taken is a duplicate.
   */
  async pushLines(lines: string[]): Promise<ProducedView> {
    const push = () => this.call('POST', '/api/producers/twitch', lines.join('\r\n'), { 'Content-Type': 'text/plain' })
    const answer = await push()
    const last = answer.status === 503 && (await codeOf(answer)) === 'busy' ? await push() : answer
    const text = await last.text()
    if (!last.ok) throw new Error(`A push was answered with ${last.status}: ${text}`)
    return JSON.parse(text) as ProducedView
  }

  async overlay(): Promise<OverlayView & { key: string }> {
    const { items } = await this.json<{ items: OverlayView[] }>('GET', '/api/overlays')
    const [overlay] = items
    if (overlay === undefined) throw new Error('The account has no overlay.')
    return { ...overlay, key: overlay.url.split('#')[1] ?? '' }
  }

  /** The whole transcript, page by page. */
  async transcript(streamId: string, limit = 500): Promise<Archived[]> {
    const events: Archived[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: EventsView = await this.json(
        'GET',
        `/api/streams/${streamId}/events?limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      events.push(...page.items)
      cursor = page.next
    }
    return events
  }
}

async function codeOf(answer: Response): Promise<string> {
  const { error } = (await answer.clone().json()) as { error?: { code?: string } }
  return error?.code ?? ''
}

let made = 0

/** An IRC line of an invented person; its id is unique and its text is what is given. */
export function ircLine(id: string, text: string, name = 'Noodle_Knight'): string {
  const login = name.toLowerCase()
  return `@badge-info=;badges=;color=#1E90FF;display-name=${name};emotes=;first-msg=0;flags=;id=${id};mod=0;room-id=2002;subscriber=0;tmi-sent-ts=${1_700_000_000_000 + made++};turbo=0;user-id=1001;user-type= :${login}!${login}@${login}.tmi.twitch.tv PRIVMSG #cool_channel :${text}`
}

export function deleteLine(targetId: string): string {
  return `@login=noodle_knight;room-id=2002;target-msg-id=${targetId};tmi-sent-ts=${1_700_000_000_000 + made++} :tmi.twitch.tv CLEARMSG #cool_channel :gone`
}
