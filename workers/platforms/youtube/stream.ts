import { MAX_ANSWER_BYTES, OutsideError } from '../../fetching.ts'
import { ArrayParser } from './array-parser.ts'

export interface StreamTimes {
  /** Until the answer begins, ms. */
  within: number
  /** Silence after which the stream is let go, ms. */
  quiet: number
}

/** Why a stream ended: by the other side, torn, or let go because nothing came for long. */
export type StreamEnd = 'closed' | 'cut' | 'quiet'

/** One answer that is written bit by bit. */
export class Stream {
  readonly status: number
  readonly #body: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #quiet: number
  #end: StreamEnd = 'closed'

  private constructor(status: number, body: ReadableStream<Uint8Array> | null, quiet: number) {
    this.status = status
    this.#body = body?.getReader()
    this.#quiet = quiet
  }

  /** Resolves when the answer begins, whatever its status. Throws OutsideError when there is none. */
  static async open(url: string, signal: AbortSignal, { within, quiet }: StreamTimes): Promise<Stream> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), within)
    const { host } = new URL(url)
    try {
      const answer = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.any([late.signal, signal]),
        headers: { accept: 'application/json' },
      })
      return new Stream(answer.status, answer.body, quiet)
    } catch (error) {
      const why = late.signal.aborted ? `${host} did not answer within ${within} ms.` : `${host} cannot be reached.`
      throw new OutsideError(why, 0, error)
    } finally {
      clearTimeout(timer)
    }
  }

  /** Known once `elements` has ended. */
  get end(): StreamEnd {
    return this.#end
  }

  /** The objects of the array, each when it is whole. Ends with the stream, for whatever reason. */
  async *elements(): AsyncGenerator<string, void, undefined> {
    const parser = new ArrayParser()
    try {
      for (let bytes = await this.#read(); bytes !== null; bytes = await this.#read()) yield* parser.push(bytes)
    } finally {
      await this.close()
    }
  }

  /** The whole of an answer that is no stream, such as an error. */
  async text(): Promise<string> {
    const decoder = new TextDecoder()
    let text = ''
    for (let bytes = await this.#read(); bytes !== null; bytes = await this.#read()) {
      text += decoder.decode(bytes, { stream: true })
      if (text.length > MAX_ANSWER_BYTES) break
    }
    await this.close()
    return text
  }

  async close(): Promise<void> {
    // A body that was torn cannot be cancelled any more, and need not be.
    await this.#body?.cancel().catch(() => undefined)
  }

  /** The next bytes; null once it is over. */
  async #read(): Promise<Uint8Array | null> {
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<'quiet'>((resolve) => {
      timer = setTimeout(() => resolve('quiet'), this.#quiet)
    })
    try {
      const read = await Promise.race([this.#body?.read(), silence])
      if (read === 'quiet') this.#end = 'quiet'
      return read === undefined || read === 'quiet' || read.done ? null : read.value
    } catch {
      this.#end = 'cut'
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}
