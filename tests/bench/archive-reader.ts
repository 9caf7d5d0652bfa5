import { PASSWORD, USERNAME } from './archive-history.ts'

/** Somebody who is signed in and reads, as the panel's page does. Times are in ms. */
export class Reader {
  readonly #base: string
  #cookie = ''

  private constructor(base: string) {
    this.#base = base
  }

  static async signIn(base: string): Promise<Reader> {
    const reader = new Reader(base)
    const answer = await fetch(`${base}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ username: USERNAME, password: PASSWORD }),
    })
    if (!answer.ok) throw new Error(`Signing in was answered with ${answer.status}.`)
    reader.#cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    return reader
  }

  /** The whole answer, and how long it took. */
  async get<T>(path: string): Promise<{ value: T; took: number }> {
    const began = performance.now()
    const answer = await this.#fetch(path)
    const value = (await answer.json()) as T
    return { value, took: performance.now() - began }
  }

  /** Reads to the end and keeps nothing. */
  async download(path: string): Promise<{ bytes: number; first: number; took: number }> {
    const began = performance.now()
    const answer = await this.#fetch(path)
    let [bytes, first] = [0, 0]
    for await (const piece of answer.body ?? []) {
      if (bytes === 0) first = performance.now() - began
      bytes += piece.length
    }
    return { bytes, first, took: performance.now() - began }
  }

  async #fetch(path: string): Promise<Response> {
    const answer = await fetch(this.#base + path, { headers: { cookie: this.#cookie } })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
    return answer
  }
}
