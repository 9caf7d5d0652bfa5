import type { IncomingMessage } from 'node:http'
import type Koa from 'koa'
import { type AddressSettings, hostAllowed } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'

/**
 * Answers only under its own names, so that a foreign name pointed at this machine opens nothing. A request that names its server twice,
 * or besides in its address, could mean one to a proxy and another here.
 */
export function host(settings: AddressSettings): Koa.Middleware {
  return async (ctx, next) => {
    if (!namesOnce(ctx.req) || !hostAllowed(settings, ctx.req)) throw new CrossChatError('wrong_host')
    await next()
  }
}

function namesOnce({ url = '', headersDistinct }: IncomingMessage): boolean {
  return url.startsWith('/') && headersDistinct.host?.length === 1
}
