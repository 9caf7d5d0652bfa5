import { createHash } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

/** Counts and sums up what goes through it. */
export class Sum extends Transform {
  readonly #hash = createHash('sha256')
  bytes = 0

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk)
    this.bytes += chunk.length
    done(null, chunk)
  }

  /** SHA-256 of all of it, in hex; to be asked once, at the end. */
  digest(): string {
    return this.#hash.digest('hex')
  }
}
