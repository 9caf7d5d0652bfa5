import type Koa from 'koa'
import { HealthAnswer, ReadyAnswer } from '../answers/instance.ts'
import { isLoopback } from '../auth/client.ts'
import { sameSecret } from '../auth/seal.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { bearerOf } from '../middleware/api-key.ts'
import { type Route, route } from './route.ts'

/** For whoever runs the instance. */
export function health(house: House): Route[] {
  return [
    route(
      { method: 'GET', path: '/healthz', who: 'anyone', does: 'Says that the process answers.', gives: HealthAnswer },
      ({ ctx }) => {
        // A page kept as a file looks here for the server's start; it has no origin of its own.
        ctx.set('Access-Control-Allow-Origin', '*')
        return { status: 'ok' as const }
      },
    ),
    route(
      {
        method: 'GET',
        path: '/readyz',
        who: 'anyone',
        does: 'Says whether it can work, and if not, why.',
        gives: ReadyAnswer,
        or: { 503: ReadyAnswer },
      },
      ({ ctx }) => {
        const reasons = house.unready()
        if (reasons.length === 0) return { status: 'ready' as const }
        ctx.status = 503
        return { status: 'unready' as const, reasons }
      },
    ),
    route(
      {
        method: 'GET',
        path: '/metrics',
        who: 'anyone',
        does: 'Gives the figures in the form of Prometheus.',
        gives: ['text/plain'],
        fails: ['bad_key', 'not_found'],
      },
      ({ ctx }) => {
        admitReader(ctx, house.config.metricsToken)
        ctx.type = house.metrics.registry.contentType
        return house.metrics.registry.metrics()
      },
    ),
  ]
}

/** With a token only its bearer; without one only this machine, for all others there is nothing here. */
function admitReader(ctx: Koa.Context, token: string | null): void {
  if (token === null) {
    if (!isLoopback(ctx.req)) throw new CrossChatError('not_found')
    return
  }
  if (!sameSecret(bearerOf(ctx) ?? '', token)) {
    throw new CrossChatError('bad_key', { message: 'The figures need the token of CROSSCHAT_METRICS_TOKEN as bearer.' })
  }
}
