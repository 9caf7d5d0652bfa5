import type Koa from 'koa'
import type { ErrorView } from '../api/shapes.ts'
import { CrossChatError, type ErrorCode } from '../errors.ts'
import type { Log } from '../log.ts'
import { answerAndLinger } from './linger.ts'

/** What others throw with an HTTP status: koa, its router, http-errors. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  415: 'wrong_type',
}
/** Codes worth a line in the log of security events. */
const NOTED = new Set<ErrorCode>([
  'bad_login',
  'bad_setup_token',
  'bad_reset_link',
  'bad_signature',
  'stale_delivery',
  'suspended',
  'wrong_origin',
  'wrong_host',
  'wrong_scope',
  'too_many',
])
/** Seconds, where the error does not know better. */
const RETRY_AFTER = 1

/** Turns whatever was thrown into the one shape of answer. Nothing private leaves: no stack, no cause, no path. */
export function errors(log: Log): Koa.Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new CrossChatError('not_found')
    } catch (thrown) {
      const error = known(thrown)
      note(log, ctx, error)
      answer(ctx, error)
    }
  }
}

function known(thrown: unknown): CrossChatError {
  if (thrown instanceof CrossChatError) return thrown
  const status = statusOf(thrown)
  if (status < 400 || status >= 500) return new CrossChatError('internal', { cause: thrown })
  return new CrossChatError(BY_STATUS[status] ?? 'bad_request', { cause: thrown })
}

/** 4xx only from errors that say their status on purpose. */
function statusOf(thrown: unknown): number {
  if (!(thrown instanceof Error) || !('expose' in thrown) || thrown.expose !== true) return 500
  return 'status' in thrown && typeof thrown.status === 'number' ? thrown.status : 500
}

function answer(ctx: Koa.Context, error: CrossChatError): void {
  const fields = error.fields === undefined ? {} : { fields: error.fields }
  const view: ErrorView = {
    error: { code: error.code, message: error.message, ...fields, requestId: String(ctx.state.requestId) },
  }
  ctx.status = error.status
  ctx.type = 'application/json'
  if (error.status === 429 || error.status === 503) ctx.set('Retry-After', String(error.retryAfter ?? RETRY_AFTER))
  const midBody = ctx.req.readableDidRead && !ctx.req.readableEnded
  if (midBody || error.code === 'too_large') answerAndLinger(ctx, JSON.stringify(view))
  else ctx.body = view
}

function note(log: Log, ctx: Koa.Context, error: CrossChatError): void {
  const about = { requestId: ctx.state.requestId, method: ctx.method, route: ctx._matchedRoute, code: error.code }
  if (error.code === 'internal' || error.code === 'storage_failed') log.error({ ...about, err: error }, 'call failed')
  else if (NOTED.has(error.code)) log.warn(about, 'call refused')
  else log.debug({ ...about, err: error }, 'call refused')
}
