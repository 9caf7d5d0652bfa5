/** What the processes of the sources' bench say to each other. */

/** To the stand-ins: be gone and come back on the same ports; or let everybody write. */
export type ToStandIns = { type: 'restart' } | { type: 'say'; times: number }

/** From the stand-ins. */
export type FromStandIns =
  | { type: 'listening'; env: Record<string, string> }
  | { type: 'restarted' }
  | { type: 'said'; violations: string[] }

/** To the server: follow so many channels; tell when all are live again, or how things are. */
export type ToServer =
  | { type: 'follow'; sources: number }
  | { type: 'live'; since: number }
  | { type: 'figures'; ms: number }

/** From the server. */
export type FromServer =
  | { type: 'ready' }
  /** ms from the order until half, 99 % and all were live. */
  | { type: 'live'; half: number; most: number; all: number }
  /** CPU in percent of one core, both threads; resident bytes. */
  | { type: 'figures'; cpu: number; rss: number; events: number }
