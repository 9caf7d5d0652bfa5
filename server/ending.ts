import { randomBytes } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import type { Log } from './log.ts'
import type { LogSink } from './log-sink.ts'

/** From the first signal to the end of the process, whatever hangs. */
export const DRAIN_WITHIN_MS = 10_000
/** After a failure that nobody expected: what is being kept gets so long, and so long the log. */
export const FLUSH_MS = 1_000
/** Within this of the first, a signal is the same one: npm passes on what the terminal has sent to both. */
export const TOGETHER_MS = 1_000
const ID_BYTES = 6
const SIGNALS = ['SIGTERM', 'SIGINT'] as const
const FAILURES = ['uncaughtException', 'unhandledRejection'] as const

export interface Ending {
  /** Drains and keeps all. */
  close(): Promise<void>
  log: Log
  sink: Pick<LogSink, 'flush'>
  /** Where signals and failures come from, and what ends the process at once. */
  process?: Pick<EventEmitter, 'on'>
  exit?: (code: number) => void
  drainWithinMs?: number
  flushMs?: number
  /** Milliseconds of a clock that never goes back. */
  steady?: () => number
}

/**
 * Resolves with the exit code after SIGTERM or SIGINT has been obeyed. A signal that comes later or the deadline ends the process at once with 1, and
 * so does, after a flush, a failure that nobody expected: nothing goes on in a state that nobody knows.
 */
export function untilStopped(ending: Ending): Promise<number> {
  const { close, log, sink, process: from = process, exit = process.exit } = ending
  const { drainWithinMs = DRAIN_WITHIN_MS, flushMs = FLUSH_MS, steady = () => performance.now() } = ending
  let stopping: number | null = null
  let failed = false
  return new Promise((resolve) => {
    const end = async (code: number) => {
      // What a blocked pipe still holds would keep the process alive.
      if (await sink.flush(flushMs)) resolve(code)
      else exit(code)
    }
    const stop = () => {
      if (stopping !== null) {
        if (steady() - stopping > TOGETHER_MS) exit(1)
        return
      }
      stopping = steady()
      setTimeout(() => {
        log.fatal({ afterMs: drainWithinMs }, 'CrossChat did not stop in time; the process is ended')
        exit(1)
      }, drainWithinMs).unref()
      close().then(
        () => end(0),
        (error: unknown) => {
          log.fatal({ err: error }, 'CrossChat did not stop cleanly')
          return end(1)
        },
      )
    }
    const fail = (error: unknown) => {
      const failure = randomBytes(ID_BYTES).toString('hex')
      log.fatal({ failure, err: error }, 'something failed that nobody expected; the process ends')
      if (failed) return
      failed = true
      setTimeout(() => exit(1), flushMs).unref()
      void Promise.allSettled([close(), sink.flush(flushMs)]).then(() => exit(1))
    }
    for (const signal of SIGNALS) from.on(signal, stop)
    for (const failure of FAILURES) from.on(failure, fail)
  })
}
