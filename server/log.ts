import { type DestinationStream, type Logger, multistream, pino } from 'pino'
import { standardOutput } from './log-sink.ts'
import type { LogTail } from './log-tail.ts'

export type Log = Logger

const SECRET_FIELDS = [
  'password',
  'token',
  'secret',
  'key',
  'cookie',
  'authorization',
  'setupToken',
  'body',
  'secrets',
  'options',
  'hook',
]
const REDACTED = [
  ...SECRET_FIELDS,
  ...SECRET_FIELDS.map((field) => `*.${field}`),
  '*.headers.cookie',
  '*.headers.authorization',
  '*.headers["set-cookie"]',
  'headers.cookie',
  'headers.authorization',
  'headers["set-cookie"]',
]

/** JSON lines in UTC; control characters come out escaped, so one line is one entry. Secrets are struck out by field name. */
export function createLog(level: string, sink: DestinationStream = standardOutput(), tail?: LogTail): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '[secret]' },
      serializers: { err: describe, cause: describe },
    },
    tail === undefined ? sink : both(sink, tail),
  )
}

/** Which level is written at all is decided before. */
function both(...streams: DestinationStream[]): DestinationStream {
  return multistream(streams.map((stream) => ({ level: 'trace', stream })))
}

/** Fields are picked, never spread: libraries hang request bodies and other secrets on their errors. */
function describe(error: unknown): unknown {
  if (!isErrorLike(error)) return { message: typeof error === 'string' ? error : `thrown: ${typeof error}` }
  const type = error instanceof Error ? error.name : textOf(error.type)
  const stack = error instanceof Error ? error.stack : undefined
  const cause = error.cause === undefined ? undefined : describe(error.cause)
  return { type, message: error.message, code: textOf(error.code), stack, cause }
}

/** An Error, or what one of another thread came as: plain data with the same fields. */
function isErrorLike(error: unknown): error is { message: string; [field: string]: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
