/** What the processes of the scale bench say to each other. */

/** A channel with a running stream: who pushes into it, and the keys of its overlays. */
export interface Tenant {
  cookie: string
  keys: string[]
}

/** To the load: `bases` of all nodes; each overlay of a channel sits on another one, and pushes go to them in turn. */
export interface Begin {
  type: 'begin'
  bases: string[]
  tenants: Tenant[]
}

/** To the load: so many events a second over all channels, first to warm up, then to be measured. */
export interface Go {
  type: 'go'
  perSecond: number
  warmUpMs: number
  measureMs: number
}

export type ToLoad = Begin | Go

export interface Held {
  pushed: number
  /** On all overlays; each event is due on each overlay of its channel. */
  due: number
  arrived: number
  /** Pushes that were not taken. */
  refused: number
  /** From the push to the overlay, ms. */
  p50: number
  p99: number
}

export type FromLoad = { type: 'connected' } | { type: 'warm' } | { type: 'measured' } | ({ type: 'held' } & Held)

export interface FromNode {
  type: 'listening'
  base: string
}
