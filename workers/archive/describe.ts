/** Errors as plain data for the log: structured clone would drop codes and causes of their classes. */
export function describe(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]))
}

function plain(value: unknown): unknown {
  if (!(value instanceof Error)) return value
  const code = 'code' in value ? { code: String(value.code) } : {}
  const cause = value.cause === undefined ? {} : { cause: plain(value.cause) }
  return { type: value.name, message: value.message, ...code, ...cause }
}
