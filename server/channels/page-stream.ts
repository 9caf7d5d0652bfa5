import { setTimeout as sleep } from 'node:timers/promises'
import type Koa from 'koa'
import { clientOf } from '../auth/client.ts'
import type { Entry } from '../entries.ts'
import { CrossChatError } from '../errors.ts'
import type { Member } from './audience.ts'
import type { Position } from './channel.ts'
import { EventStreamPeer } from './event-stream.ts'
import { readAgent } from './report.ts'
import type { UpgradeParts } from './upgrade.ts'

const PREFLIGHT_SECONDS = 86_400

/** Whose stream a key opens; null = nobody's. */
type Opens = (parts: UpgradeParts, key: string, ctx: Koa.Context) => Promise<Opened | null>
interface Opened {
  channelId: string
  who: Pick<Member, 'role' | 'overlay' | 'dock'>
}

const DOORS: ReadonlyMap<string, Opens> = new Map([
  ['/api/overlay/stream', overlayOf],
  ['/api/dock/stream', dockOf],
])

/**
 * What a page's socket would get, as `text/event-stream`: `GET /api/overlay/stream?epoch&seq` with the overlay key as
 * bearer, `GET /api/dock/stream` with the dock's. The pages' own origin is opaque, so any origin may ask, and its preflight
 * is answered.
 */
export function pageStream(parts: UpgradeParts): Koa.Middleware {
  return async (ctx, next) => {
    const opens = DOORS.get(ctx.path)
    if (opens === undefined) return next()
    ctx.set('Access-Control-Allow-Origin', '*')
    if (ctx.method === 'OPTIONS') return answerPreflight(ctx)
    if (ctx.method !== 'GET') {
      ctx.set('Allow', 'GET, OPTIONS')
      throw new CrossChatError('method_not_allowed')
    }
    const opened = await opens(parts, bearer(ctx), ctx)
    if (opened === null) {
      const late = parts.wrongKeys.note(clientOf(ctx.req, parts.trustedProxies))
      if (late > 0) await sleep(late, undefined, { ref: false })
      throw new CrossChatError('bad_key')
    }
    await parts.open(opened.channelId)
    // Asked again, the key last: the channel may have moved while it waited, and its key may have been exchanged.
    const { entry, still } = await parts.welcomes.ask(opened.channelId, async () => {
      const entry = await parts.open(opened.channelId)
      return { entry, still: await opens(parts, bearer(ctx), ctx) }
    })
    if (still === null) throw new CrossChatError('bad_key')
    // Whoever hung up meanwhile would never be seen to leave.
    if (ctx.res.destroyed) ctx.respond = false
    else stream(ctx, parts, entry, still.who)
  }
}

function answerPreflight(ctx: Koa.Context): void {
  ctx.set('Access-Control-Allow-Methods', 'GET')
  ctx.set('Access-Control-Allow-Headers', 'authorization, cache-control, last-event-id')
  ctx.set('Access-Control-Max-Age', String(PREFLIGHT_SECONDS))
  ctx.status = 204
}

async function overlayOf(
  { overlayKeys, overlays }: UpgradeParts,
  key: string,
  ctx: Koa.Context,
): Promise<Opened | null> {
  const overlay = await overlayKeys.find(key, overlays)
  if (overlay === null) return null
  const { id, channelId, settings } = overlay
  const page = { id, settings, report: null, ...readAgent(ctx.get('User-Agent')) }
  return { channelId, who: { role: 'overlay', overlay: page } }
}

async function dockOf({ dockKeys, docks }: UpgradeParts, key: string): Promise<Opened | null> {
  const dock = await dockKeys.find(key, docks)
  if (dock === null) return null
  const { id, channelId, scope } = dock
  return { channelId, who: { role: 'dock', dock: { id, scope } } }
}

function stream(ctx: Koa.Context, parts: UpgradeParts, entry: Pick<Entry, 'id' | 'epoch'>, who: Opened['who']): void {
  const { hub, crowd, trustedProxies, metrics } = parts
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
  hub.join(entry, peer, { ...who, client }, positionOf(ctx))
}

function bearer(ctx: Koa.Context): string {
  return /^Bearer (\S{1,200})$/i.exec(ctx.get('Authorization'))?.[1] ?? ''
}

function positionOf({ query }: Koa.Context): Position | null {
  const whole = typeof query.seq === 'string' && /^\d{1,15}$/.test(query.seq)
  const seq = whole ? Number(query.seq) : 0
  return whole && typeof query.epoch === 'string' && query.epoch !== '' ? { epoch: query.epoch, seq } : null
}
