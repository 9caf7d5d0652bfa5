import type { ThemesView } from './themes.ts'
import type { HeldView } from './waiting.ts'

/** What a dock may ask of the server, with its key as bearer. A refusal is a sentence for the person. */

/** Held messages that a dock lists; what is older comes first. */
const SHOWN_HELD = 20

type Target = { id: string } | { platform: string; authorId: string }

export class Calls {
  readonly #base: string
  readonly #key: string

  constructor(location: Pick<Location, 'protocol' | 'host'>, key: string) {
    this.#base = `${location.protocol}//${location.host}`
    this.#key = key
  }

  readonly hide = (target: Target) => this.#post('/api/moderation/hide', target)
  readonly hidePerson = (person: { platform: string; authorId: string; name: string }) =>
    this.#post('/api/moderation/people', person)
  readonly unhide = (target: Target) => this.#post('/api/moderation/unhide', target)
  readonly feature = (id: string | null) => this.#post('/api/moderation/feature', { id })
  readonly panic = (on: boolean) => this.#post('/api/moderation/panic', { on })
  readonly slow = (on: boolean) => this.#post('/api/moderation/slow', { on })
  readonly clear = () => this.#post('/api/moderation/clear', {})
  readonly start = (title: string) => this.#post('/api/streams', title === '' ? {} : { title })
  readonly end = () => this.#post('/api/streams/live/end', {})
  readonly test = (platform: string) =>
    this.#post('/api/simulator/messages', { platform, name: 'CrossChat', text: 'A test message from the dock.' })
  readonly retry = (platform: string) => this.#post(`/api/sources/${encodeURIComponent(platform)}/retry`, {})

  /** All that a dock shows of what waits. */
  readonly held = async (): Promise<HeldView> => (await this.#answer(`/api/moderation/held?limit=${SHOWN_HELD}`)).json()
  readonly release = (id: string) => this.#post(`/api/moderation/held/${encodeURIComponent(id)}/release`, {})
  readonly refuse = (id: string) => this.#post(`/api/moderation/held/${encodeURIComponent(id)}/refuse`, {})

  readonly themes = async (): Promise<ThemesView> => (await this.#answer('/api/themes')).json()
  readonly theme = async (overlay: string, theme: string): Promise<void> => {
    await this.#answer(`/api/overlays/${encodeURIComponent(overlay)}/theme`, { theme }, 'PUT')
  }

  async #post(path: string, body: object): Promise<void> {
    await this.#answer(path, body)
  }

  async #answer(path: string, body?: object, method = 'POST'): Promise<Response> {
    const answer = await this.#send(path, body, method)
    if (!answer.ok) throw new Error(await sentenceOf(answer))
    return answer
  }

  async #send(path: string, body: object | undefined, method: string): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/json' }
    const init = body === undefined ? { headers } : { method, headers, body: JSON.stringify(body) }
    try {
      return await fetch(this.#base + path, { ...init, credentials: 'omit' })
    } catch {
      throw new Error('The server cannot be reached. Nothing was done.')
    }
  }
}

/** A proxy in front may answer with something that is no error of ours. */
async function sentenceOf(answer: Response): Promise<string> {
  const view: unknown = await answer.json().catch(() => null)
  const error = typeof view === 'object' && view !== null && 'error' in view ? view.error : null
  const told = typeof error === 'object' && error !== null && 'message' in error ? error.message : null
  return typeof told === 'string' ? told : `The server answered with ${answer.status}.`
}
