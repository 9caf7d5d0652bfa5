/** What the processes of the tenants bench say to each other. Moments are whole microseconds of the machine's monotonic clock. */

/** To the server: each channel says so much, for so long. */
export interface Go {
  perSecond: number
  forMs: number
}
/** To it: what it holds. */
export interface Look {
  type: 'look'
}
export type FromServer =
  | { type: 'listening'; url: string; keys: string[] }
  | { type: 'ended'; submitted: number; refused: number; cpu: number }
  | { type: 'held'; rss: number; heap: number }

/** To the clients: what came since you were last asked; wait until so many have come, or so long. */
export interface Tell {
  expected: number
  withinMs: number
}
export type FromClients =
  | { type: 'ready' }
  | { type: 'connected' }
  | { type: 'seen'; arrived: number; p50: number; p99: number; longest: number }
