import type { IncomingMessage } from 'node:http'
import type Koa from 'koa'
import { type AddressSettings, originAllowed } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses calls that change something and were sent by another site's page: an Origin must be ours; without one,
 * Sec-Fetch-Site must say same-origin; without both, the call must not carry a session. Signing in and out are calls
 * like all others here. A call with a key and without a session is not looked at: no page can send one unasked.
 */
export function sameOrigin(settings: AddressSettings, cookieName: string): Koa.Middleware {
  return async (ctx, next) => {
    if (!READING.has(ctx.method) && !isOwn(settings, ctx.req, cookieName)) throw new CrossChatError('wrong_origin')
    await next()
  }
}

function isOwn(settings: AddressSettings, req: IncomingMessage, cookieName: string): boolean {
  if (/^bearer /i.test(req.headers.authorization ?? '') && !carries(req, cookieName)) return true
  if (req.headers.origin !== undefined) return originAllowed(settings, req)
  const site = req.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return !carries(req, cookieName)
}

function carries(req: IncomingMessage, cookieName: string): boolean {
  const names = (req.headers.cookie ?? '').split(';').map((pair) => pair.split('=')[0]?.trim())
  return names.includes(cookieName)
}
