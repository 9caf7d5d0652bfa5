import type { IncomingMessage, RequestListener } from 'node:http'
import type { Duplex } from 'node:stream'

/** The shapes of what `import 'crosschat'` gives. They name nothing but Node's own types: whoever checks types against them needs no others. */

export interface CrossChatOptions {
  /** Settings by their names in the environment; `process.env` when not given. */
  env?: Readonly<Record<string, string | undefined>>
  /** Folder of the built pages. */
  pagesDir?: string
  /** Where log lines go, one JSON object each; standard output when not given. */
  logTo?: {
    write(line: string): void
    /** Lines that went nowhere so far; shown as a figure. */
    readonly dropped?: number
  }
}

/** One CrossChat. Nothing is opened or started before `listen`, `start` or the first request to `handler`. */
export interface CrossChat {
  /** Starts and listens on HOST and PORT. Resolves with the address. Rejects, with nothing left running, when it cannot. */
  listen(): Promise<string>
  /**
   * Starts without listening, for a server of your own: channels are followed and streams go on from here, not only from the first request.
   * Rejects when it cannot.
   */
  start(): Promise<void>
  /** Drains, keeps, says goodbye and lets go of everything, for good: make another one to start again. Your own server is left alone. */
  close(): Promise<void>
  /** Answers every request of CrossChat's own host name, on a server of your own. Give it requests whose body nobody has read. */
  handler: RequestListener
  /** Takes the `upgrade` events of that server, for the same host name: WebSockets. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** `http://HOST:PORT` once it listens. */
  readonly address: string | null
}
