import { Agent, request } from 'node:http'

/** Calls over connections that are kept, as cheap as node has them: whoever makes the load shares the machine with the server. */

export interface Answered {
  status: number
  text: string
}
export interface Asking {
  method?: string
  path: string
  body?: string
  headers?: Record<string, string>
  /** Addresses of 127.0.0.0/8 are all this machine. */
  from?: string
  /** Reads to the end and keeps nothing. */
  drop?: boolean
}

export class Client {
  readonly #base: URL
  readonly #cookie: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })

  constructor(base: string, cookie = '') {
    this.#base = new URL(base)
    this.#cookie = cookie
  }

  ask(asking: Asking): Promise<Answered> {
    const { method = 'GET', path, body, headers = {}, from, drop = false } = asking
    const { hostname, port, origin } = this.#base
    const own = {
      origin,
      ...(this.#cookie !== '' && { cookie: this.#cookie }),
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      }),
    }
    return new Promise((resolve, reject) => {
      const options = { hostname, port, path, method, headers: { ...own, ...headers } }
      const away = from === undefined ? { agent: this.#agent } : { localAddress: from }
      const asked = request({ ...options, ...away }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => void (drop || chunks.push(chunk)))
        answer.on('error', reject)
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
      })
      // A kept connection that the server has just closed: it has not read the call.
      asked.on('error', (error) => (asked.reusedSocket ? resolve(this.ask(asking)) : reject(error)))
      asked.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
