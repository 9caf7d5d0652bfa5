import type { IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { CrossChatError } from '../errors.ts'
import { foreignJson } from '../foreign-json.ts'
import type { Arrival } from './arriving.ts'

/** Bytes of a body, by what it is for. */
export const SMALL_BODY = 4 * 1024
export const API_BODY = 64 * 1024
/** A look with as much custom CSS and as many words as it takes. */
export const LOOK_BODY = 256 * 1024
export const RULES_BODY = 1024 * 1024
export const HOOK_BODY = 256 * 1024
export const PRODUCER_BODY = 1024 * 1024
const MAX_FIELDS = 20
const MAX_FIELD_NAME = 60

/** The body as JSON of the given shape; no body at all counts as {}. Throws like `readBytes`, and bad_json, bad_request. */
export async function readJson<S extends z.ZodType>(
  req: IncomingMessage,
  schema: S,
  limit: number,
  arrival: Arrival,
): Promise<z.output<S>> {
  if (hasBody(req) && !isJson(req)) {
    throw new CrossChatError('wrong_type', { message: 'This call takes application/json.' })
  }
  const bytes = await readBytes(req, limit, arrival)
  return check(schema, bytes.length === 0 ? {} : parse(bytes))
}

/** The value as the schema makes it. Throws bad_request with what is wrong, by field. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new CrossChatError('bad_request', { fields: fieldsOf(result.error.issues) })
}

/**
 * The body's bytes as they came. Throws too_large, busy where too much is on its way in already and, for a compressed one, wrong_type: what it
 * unpacks to is nobody's guess.
 */
export async function readBytes(req: IncomingMessage, limit: number, arrival: Arrival): Promise<Buffer> {
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new CrossChatError('wrong_type', { message: 'This call takes no compressed body.' })
  }
  if (Number(req.headers['content-length'] ?? 0) > limit) throw new CrossChatError('too_large')
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of arriving(req)) {
      size += chunk.length
      if (size > limit) throw new CrossChatError('too_large')
      arrival.grow(chunk.length)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } finally {
    arrival.end()
  }
}

/** A body that breaks off, or whose framing is wrong, is the caller's doing and no failure of ours. */
async function* arriving(req: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  } catch (cause) {
    throw new CrossChatError('bad_request', { message: 'The body broke off.', cause })
  }
}

function hasBody(req: IncomingMessage): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
}

function isJson(req: IncomingMessage): boolean {
  return req.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

/** Also refuses bytes that are not UTF-8. */
function parse(bytes: Buffer): unknown {
  try {
    return foreignJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new CrossChatError('bad_json', { cause: cause instanceof Error ? cause.name : undefined })
  }
}

function fieldsOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const named = issues.flatMap((issue): [string, string][] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => [nameOf([...issue.path, key]), 'is not known here'])
      : [[nameOf(issue.path), issue.message]],
  )
  return Object.fromEntries(named.slice(0, MAX_FIELDS))
}

function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map(String).join('.')
  return name === '' ? 'body' : name.slice(0, MAX_FIELD_NAME)
}
