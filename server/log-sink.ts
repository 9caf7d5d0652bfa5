import { fstatSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { type DestinationStream, destination } from 'pino'

/** Bytes kept while whoever reads the log does not; beyond it lines are dropped, so that a blocked pipe stops nothing. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024
const STDOUT = 1

/** Where the lines of the log go. */
export interface LogSink extends DestinationStream {
  /** Lines dropped so far because nobody reads. */
  readonly dropped: number
  /** Waits until all that was written is out, at most so long. False = it is not. */
  flush(withinMs: number): Promise<boolean>
}

/**
 * Standard output. A pipe goes through the event loop: a write into a full one by a thread of its own, which is pino's way, cannot be
 * called off, and `process.exit` then waits for it for ever. For files and terminals pino's way keeps a slow disk off this thread.
 */
export function standardOutput(): LogSink {
  standing ??= isPipe() ? new StreamSink(process.stdout) : fileSink()
  return standing
}

/** A process has one standard output, however many CrossChats live in it. */
let standing: LogSink | null = null

function isPipe(): boolean {
  const kind = fstatSync(STDOUT)
  return kind.isFIFO() || kind.isSocket()
}

function fileSink(): LogSink {
  const file = destination({ dest: STDOUT, sync: false, maxLength: MAX_BUFFERED_BYTES })
  let dropped = 0
  file.on('drop', () => dropped++)
  // A full disk, or a terminal that is gone: without a listener either would end the process, and with it the chat.
  file.on('error', () => dropped++)
  process.stdout.on('error', () => undefined)
  return {
    write: (line) => void file.write(line),
    get dropped() {
      return dropped
    },
    flush: (withinMs) => within(withinMs, (done) => file.flush(() => done())),
  }
}

/** Lines into a stream, bounded in what waits for its reader. */
export class StreamSink implements LogSink {
  readonly #stream: Writable
  readonly #most: number
  #dropped = 0
  /** Of `dropped`, those that the log itself has told of. */
  #told = 0
  #broken = false

  constructor(stream: Writable, most = MAX_BUFFERED_BYTES) {
    this.#stream = stream
    this.#most = most
    // The reader has gone for good. Without a listener this would end the process.
    stream.on('error', () => {
      this.#broken = true
    })
  }

  get dropped(): number {
    return this.#dropped
  }

  write(line: string): void {
    if (this.#broken || this.#stream.writableLength + line.length > this.#most) {
      this.#dropped++
      return
    }
    if (this.#dropped > this.#told) this.#tell()
    this.#stream.write(line)
  }

  flush(withinMs: number): Promise<boolean> {
    if (this.#broken) return Promise.resolve(false)
    if (this.#stream.writableLength === 0) return Promise.resolve(true)
    // Called when all before it is out.
    return within(withinMs, (done) => this.#stream.write('', () => done()))
  }

  #tell(): void {
    const lines = this.#dropped - this.#told
    this.#told = this.#dropped
    const time = new Date().toISOString()
    const msg = 'lines of the log were dropped: nobody read them'
    this.#stream.write(`${JSON.stringify({ level: 'warn', time, lines, msg })}\n`)
  }
}

function within(ms: number, task: (done: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), ms)
    task(() => {
      clearTimeout(late)
      resolve(true)
    })
  })
}
