import type Koa from 'koa'
import { newId } from '../auth/ids.ts'

const HSTS = 'max-age=31536000'

/** Gives every request an id and every answer the headers of one that nobody may keep, frame or guess at. */
export function headers(secure: boolean): Koa.Middleware {
  return async (ctx, next) => {
    ctx.state.requestId = newId()
    ctx.set({
      'X-Request-Id': ctx.state.requestId,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'same-origin',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    })
    if (secure) ctx.set('Strict-Transport-Security', HSTS)
    await next()
  }
}
