import type Koa from 'koa'

/** An answer of which nothing was read for so long is given up with its connection: until then it stands in memory. */
const STALLS_AFTER_MS = 30_000

/** Counts for streams of events, too: that nobody reads what is written to them is known here first. */
export function stalled(afterMs = STALLS_AFTER_MS): Koa.Middleware {
  return ({ res }, next) => {
    // An answer that takes its time is no stall: nothing waits to be read then.
    res.setTimeout(afterMs, () => {
      if (res.writableLength > 0) res.socket?.destroy()
    })
    return next()
  }
}
