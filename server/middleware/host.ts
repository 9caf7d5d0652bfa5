import type Koa from 'koa'
import { type AddressSettings, hostAllowed, namesOnce } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'

/** Answers only under its own names, so that a foreign name pointed at this machine opens nothing. */
export function host(settings: AddressSettings): Koa.Middleware {
  return async (ctx, next) => {
    if (!namesOnce(ctx.req) || !hostAllowed(settings, ctx.req)) throw new CrossChatError('wrong_host')
    await next()
  }
}
