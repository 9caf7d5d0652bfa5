/** What a dock may ask of the server, with its key as bearer. A refusal is a sentence for the person. */

type Target = { id: string } | { platform: string; authorId: string }

export class Calls {
  readonly #base: string
  readonly #key: string

  constructor(location: Pick<Location, 'protocol' | 'host'>, key: string) {
    this.#base = `${location.protocol}//${location.host}`
    this.#key = key
  }

  readonly hide = (target: Target) => this.#post('/api/moderation/hide', target)
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

  async #post(path: string, body: object): Promise<void> {
    const answer = await this.#send(path, body)
    if (!answer.ok) throw new Error(await sentenceOf(answer))
  }

  async #send(path: string, body: object): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.#key}`, 'Content-Type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body), credentials: 'omit' } as const
    try {
      return await fetch(this.#base + path, init)
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
