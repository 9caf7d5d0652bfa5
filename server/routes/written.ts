import type Koa from 'koa'
import type { Lent } from '../stores/archive.ts'

/** JSON that another thread has written: an answer goes out with the bytes as they came. */
export class Written {
  readonly #lent: Lent

  constructor(lent: Lent) {
    this.#lent = lent
  }

  /** The memory goes back when the system has all of it; of a caller who is gone before, it is left to the collector. */
  send(ctx: Koa.Context): void {
    const { utf8, back } = this.#lent
    ctx.body = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength)
    ctx.type = 'json'
    ctx.res.once('finish', back)
  }
}
