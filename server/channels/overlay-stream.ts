import type Koa from 'koa'
import { clientOf } from '../auth/client.ts'
import { CrossChatError } from '../errors.ts'
import type { Position } from './channel.ts'
import { EventStreamPeer } from './event-stream.ts'
import { readAgent } from './report.ts'
import type { UpgradeParts } from './upgrade.ts'

const PATH = '/api/overlay/stream'
const PREFLIGHT_SECONDS = 86_400

/**
 * `GET /api/overlay/stream?epoch&seq` with the overlay key as bearer. The overlay's own origin is opaque, so any origin may
 * ask, and its preflight is answered.
 */
export function overlayStream(parts: UpgradeParts): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.path !== PATH) return next()
    ctx.set('Access-Control-Allow-Origin', '*')
    if (ctx.method === 'OPTIONS') return answerPreflight(ctx)
    if (ctx.method !== 'GET') {
      ctx.set('Allow', 'GET, OPTIONS')
      throw new CrossChatError('method_not_allowed')
    }
    await stream(ctx, parts)
  }
}

function answerPreflight(ctx: Koa.Context): void {
  ctx.set('Access-Control-Allow-Methods', 'GET')
  ctx.set('Access-Control-Allow-Headers', 'authorization, cache-control, last-event-id')
  ctx.set('Access-Control-Max-Age', String(PREFLIGHT_SECONDS))
  ctx.status = 204
}

async function stream(ctx: Koa.Context, parts: UpgradeParts): Promise<void> {
  const { hub, crowd, overlayKeys, overlays, trustedProxies, metrics } = parts
  const overlay = await overlayKeys.find(bearer(ctx), overlays)
  if (overlay === null) throw new CrossChatError('bad_key')
  const entry = await parts.open(overlay.channelId)
  const leave = crowd.enter(clientOf(ctx.req, trustedProxies))
  if (leave === null) throw new CrossChatError('too_many', { retryAfter: 5 })
  ctx.respond = false
  ctx.res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  const peer = new EventStreamPeer(ctx.res, () => metrics.slowClosedTotal.inc())
  ctx.res.on('error', () => ctx.res.destroy())
  ctx.res.on('close', () => {
    leave()
    hub.leave(peer)
  })
  const client = { name: 'event stream', obs: null, since: Date.now() }
  const { id, settings } = overlay
  const seen = { id, settings, report: null, ...readAgent(ctx.get('User-Agent')) }
  hub.join(entry, peer, { role: 'overlay', overlay: seen, client }, positionOf(ctx))
}

function bearer(ctx: Koa.Context): string {
  return /^Bearer (\S{1,200})$/i.exec(ctx.get('Authorization'))?.[1] ?? ''
}

function positionOf({ query }: Koa.Context): Position | null {
  const whole = typeof query.seq === 'string' && /^\d{1,15}$/.test(query.seq)
  const seq = whole ? Number(query.seq) : 0
  return whole && typeof query.epoch === 'string' && query.epoch !== '' ? { epoch: query.epoch, seq } : null
}
