import type Koa from 'koa'

const PREFLIGHT_SECONDS = 600

/**
 * Lets a page without an origin of its own, as the dock is, read the answer. Nothing is given away by that: such a page sends
 * no cookie, and without a dock's key there is no answer to read. Other sites' pages have an origin and get nothing.
 */
export function openToOpaque(ctx: Koa.Context): boolean {
  ctx.vary('Origin')
  if (ctx.get('Origin') !== 'null') return false
  ctx.set('Access-Control-Allow-Origin', '*')
  return true
}

/** Answers the question that a browser asks before it sends a key along. */
export function answerPreflight(ctx: Koa.Context, methods: readonly string[]): void {
  if (!openToOpaque(ctx)) return
  ctx.set('Access-Control-Allow-Methods', methods.join(', '))
  ctx.set('Access-Control-Allow-Headers', 'authorization, content-type')
  ctx.set('Access-Control-Max-Age', String(PREFLIGHT_SECONDS))
}
