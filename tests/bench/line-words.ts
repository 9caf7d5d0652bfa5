/** What the processes of the line bench say to each other. Moments are whole microseconds of the machine's monotonic clock. */

/** To a server: submit so many a second, first to warm up, then to be measured. */
export interface Go {
  perSecond: number
  warmUpMs: number
  measureMs: number
}

/** From a server. */
export type FromServer = ({ type: 'listening' } & Address) | ({ type: 'ended' } & Ended)

export interface Address {
  url: string
  /** What a client says first; null = it speaks socket.io. */
  hello: string | null
}

export interface Ended {
  /** Messages are numbered from 1; those before `measured` were to warm up. */
  measured: number
  submitted: number
  /** When the last one was submitted. */
  at: number
  /** Of the server's process while it was measured, percent of one core. */
  cpu: number
}

/** To the clients, once all is submitted: tell what you saw when all has arrived, or when it is too late. */
export interface Tell {
  measured: number
  submitted: number
  withinMs: number
}

/** From the clients. */
export type FromClients = { type: 'connected' } | { type: 'seen'; first: Seen; last: Seen }

/** What one client saw. */
export interface Seen {
  /** Number of the last message that arrived, and when it did. */
  arrived: number
  at: number
  /** From submission to arrival, µs, of the measured messages. */
  p50: number
  p99: number
}

export function microseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}
