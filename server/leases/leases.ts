/**
 * Which node runs a channel. One at a time: whoever has the lease is the channel's home. Each lease has a fencing number that is higher than
 * all before it, and whatever stores what the home writes refuses a lower one: a home that was cut off, or stood still, does no harm even
 * where it does not know yet.
 */
export interface Leases {
  /** Who has it from here on: this node, or the one that already had it. Throws when nobody can be asked. */
  take(channelId: string): Promise<Lease | Holder>
  /** As `take`, for what was lost here: when Redis has forgotten everything, whoever had it comes before all others. */
  again(channelId: string): Promise<Lease | Holder>
  /** Who has it; null = nobody. */
  holder(channelId: string): Promise<Holder | null>
  /** Of these, the ones that nobody has. */
  free(channelIds: string[]): Promise<string[]>
  /** What this node has; null = nothing. */
  of(channelId: string): Lease | null
  /** Somebody else may have it at once. */
  release(channelId: string): Promise<void>
  listen(ends: LeaseEnds): void
  /** Where this node is reached has become known: what it holds says so at once. */
  announce(): Promise<void>
  /** Gives all back. */
  close(): Promise<void>
}

export interface Lease {
  readonly channelId: string
  readonly fence: number
  /** When whoever had it before was last alive, ms since 1970; null = nobody is known. */
  readonly before: number | null
  /** By this node's own clock nobody else can have it. */
  readonly sure: boolean
}

/** Where a channel has its home. */
export interface Holder {
  node: string
  /** Where it takes calls of other nodes; '' = nowhere. */
  address: string
  fence: number
}

export interface LeaseEnds {
  /** Nobody has confirmed it for so long that somebody else may have it. */
  doubted(lease: Lease): void
  /** It was confirmed after all: nobody has had it in between. */
  confirmed(lease: Lease): void
  /** Somebody else has it, or Redis has forgotten it. */
  lost(lease: Lease): void
}

export function isLease(found: Lease | Holder): found is Lease {
  return 'channelId' in found
}
