import Router from '@koa/router'
import type Koa from 'koa'
import { CrossChatError } from '../errors.ts'
import type { Doors, Route } from './route.ts'

/** Makes one middleware of all routes: finds the one for a request, or says which methods its address takes. */
export function mount(routes: readonly Route[], doors: Doors): Koa.Middleware {
  const router = new Router({ sensitive: true, strict: true })
  for (const route of routes) {
    router.register(route.path, [route.method], (ctx) => route.answer(ctx, ctx.params, doors))
  }
  const find = router.routes()
  return (ctx, next) => find(ctx as Parameters<typeof find>[0], () => refuse(ctx, next))
}

async function refuse(ctx: Koa.Context, next: Koa.Next): Promise<void> {
  const matched: { methods: string[] }[] = ctx.matched ?? []
  if (matched.length === 0) return next()
  ctx.set('Allow', [...new Set(matched.flatMap(({ methods }) => methods)), 'OPTIONS'].join(', '))
  if (ctx.method !== 'OPTIONS') throw new CrossChatError('method_not_allowed')
  ctx.status = 204
}
