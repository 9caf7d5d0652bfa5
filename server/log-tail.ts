import type { LOG_LEVELS } from './choices.ts'

export type LogLevel = Exclude<(typeof LOG_LEVELS)[number], 'silent'>
/** Worst first. */
export const TAIL_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const satisfies readonly LogLevel[]

/** Lines that are kept for whoever runs this; the oldest go first. */
export const TAIL_LINES = 1_000
/** Of one line; what is longer is cut. */
export const TAIL_LINE_CHARS = 4_000

/** Every line begins with its level. */
const ERROR = /^\{"level":"(error|fatal)"/

/** One line of the log, as it was written: secrets are struck out before it comes here. */
export interface TailLine {
  /** Counts up from 1; a gap to the one before is what was pushed out. */
  n: number
  level: LogLevel
  /** ms */
  at: number
  message: string
  /** The other fields, as JSON; '' = none. */
  more: string
}

/** The newest lines of the log, in memory. */
export class LogTail {
  readonly #lines: { n: number; text: string }[] = []
  #n = 0
  #lastError: { n: number; text: string } | null = null

  /** For pino, beside where the log goes. */
  write(text: string): void {
    const line = { n: ++this.#n, text: text.slice(0, TAIL_LINE_CHARS) }
    this.#lines.push(line)
    if (ERROR.test(text)) this.#lastError = line
    if (this.#lines.length > TAIL_LINES) this.#lines.shift()
  }

  /** The newest line that is an error or worse, also one that newer ones have pushed out. */
  get lastError(): TailLine | null {
    return this.#lastError === null ? null : lineOf(this.#lastError.n, this.#lastError.text)
  }

  /** The newest lines after number `after` that are at least as bad as `level`, oldest first; and the number of the last line there is. */
  read(after: number, level: LogLevel, limit: number): { items: TailLine[]; last: number } {
    const worst = TAIL_LEVELS.slice(0, TAIL_LEVELS.indexOf(level) + 1)
    const since = this.#lines.filter(({ n }) => n > after).map(({ n, text }) => lineOf(n, text))
    return { items: since.filter((line) => worst.includes(line.level)).slice(-limit), last: this.#n }
  }
}

function lineOf(n: number, text: string): TailLine {
  const { level, time, msg, ...more } = fieldsOf(text)
  return {
    n,
    level: TAIL_LEVELS.find((each) => each === level) ?? 'info',
    at: Date.parse(String(time)) || 0,
    message: String(msg ?? ''),
    more: Object.keys(more).length === 0 ? '' : JSON.stringify(more),
  }
}

/** A line that was cut is no JSON any more: it stands there as it is. */
function fieldsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Told below.
  }
  const level = /"level":"([a-z]+)"/.exec(text)?.[1]
  const time = /"time":"([^"]+)"/.exec(text)?.[1]
  return { level, time, msg: `${text}…` }
}
