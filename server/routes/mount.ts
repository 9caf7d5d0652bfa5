import Router from '@koa/router'
import type Koa from 'koa'
import { CrossChatError } from '../errors.ts'
import { answerPreflight, openToOpaque } from '../middleware/opaque-origin.ts'
import type { Doors, Route, Who } from './route.ts'

/** Callers that may be docks, whose page has no origin of its own. */
const DOCKS: readonly Who[] = ['moderate', 'control']

/** Makes one middleware of all routes: finds the one for a request, or says which methods its address takes. */
export function mount(routes: readonly Route[], doors: Doors): Koa.Middleware {
  const router = new Router({ sensitive: true, strict: true })
  for (const route of routes) {
    router.register(route.path, [route.method], (ctx) => {
      if (DOCKS.includes(route.who)) openToOpaque(ctx)
      return route.answer(ctx, ctx.params, doors)
    })
  }
  const find = router.routes()
  const forDocks = new Set(
    routes.filter(({ who }) => DOCKS.includes(who)).map(({ method, path }) => `${method} ${path}`),
  )
  return (ctx, next) => find(ctx as Parameters<typeof find>[0], () => refuse(ctx, next, forDocks))
}

async function refuse(ctx: Koa.Context, next: Koa.Next, forDocks: ReadonlySet<string>): Promise<void> {
  const matched: { methods: string[]; path: string }[] = ctx.matched ?? []
  if (matched.length === 0) return next()
  const methods = [...new Set(matched.flatMap((each) => each.methods))]
  ctx.set('Allow', [...methods, 'OPTIONS'].join(', '))
  if (ctx.method !== 'OPTIONS') throw new CrossChatError('method_not_allowed')
  const open = matched.flatMap(({ path, methods }) => methods.filter((method) => forDocks.has(`${method} ${path}`)))
  if (open.length > 0) answerPreflight(ctx, open)
  ctx.status = 204
}
