import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type Koa from 'koa'

/** Of a refused body, read and thrown away after the answer. */
const MAX_DISCARDED = 64 * 1024 * 1024
/** How long the line stays open behind the answer at most. */
const LINGER_MS = 5_000

/**
 * Answers while the caller may still be sending. A line that is cut with bytes unread takes the answer along on its way to
 * the caller, so it stays open until the caller has sent all or gone away; what comes beyond a measure is not even read.
 */
export function answerAndLinger(ctx: Koa.Context, text: string): void {
  passAndLinger(ctx, [Buffer.from(text)])
  // Known beforehand: the caller has the whole answer as soon as it is sent, whenever the line ends.
  ctx.length = Buffer.byteLength(text)
}

/** As above, with an answer whose length stands in the headers already. */
export function passAndLinger(ctx: Koa.Context, answer: Iterable<Buffer> | AsyncIterable<Buffer>): void {
  const length = ctx.response.length
  ctx.body = Readable.from(parts(ctx.req, answer), { objectMode: false })
  if (length !== undefined) ctx.length = length
  ctx.set('Connection', 'close')
}

async function* parts(req: IncomingMessage, answer: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* answer
  await discarded(req)
}

function discarded(req: IncomingMessage): Promise<void> {
  if (req.readableEnded || req.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let left = MAX_DISCARDED
    const done = () => {
      clearTimeout(late)
      resolve()
    }
    const late = setTimeout(done, LINGER_MS)
    req.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) req.pause()
    })
    for (const end of ['end', 'error', 'close']) req.once(end, done)
    req.resume()
  })
}
