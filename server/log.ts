import { type DestinationStream, destination, type Logger, pino } from 'pino'

export type Log = Logger

/** Bytes kept while whoever reads the log does not; beyond it lines are dropped, so that a blocked pipe stops nothing. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024

const SECRET_FIELDS = ['password', 'token', 'secret', 'key', 'cookie', 'authorization', 'setupToken', 'body']
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
export function createLog(level: string, sink: DestinationStream = stdout()): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '[secret]' },
      serializers: { err: describe, cause: describe },
    },
    sink,
  )
}

function stdout(): DestinationStream {
  return destination({ dest: 1, sync: false, maxLength: MAX_BUFFERED_BYTES })
}

/** Fields are picked, never spread: libraries hang request bodies and other secrets on their errors. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : `thrown: ${typeof error}` }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) }
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause }
}
