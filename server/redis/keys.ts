/**
 * Where things stand in Redis. The braces keep all of one channel in one place, should the server be a cluster one day; today one server
 * is asked, and a script may touch many channels.
 */
export const keysOf = (channelId: string) => ({
  /** `fence node address` of whoever has the lease; gone when it has run out. */
  home: `crosschat:{${channelId}}:home`,
  /** The newest fencing number given, and epoch and seq of the stream's end. */
  meta: `crosschat:{${channelId}}:meta`,
  stream: `crosschat:{${channelId}}:stream`,
  /** One entry: what a welcome says besides events. */
  state: `crosschat:{${channelId}}:state`,
})

/** A word that is another one once Redis has lost what it knew. */
export const BORN_KEY = 'crosschat:born'

/** All of a channel that nobody has touched for so long is forgotten, ms. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000
