import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type Koa from 'koa'
import { monotonic } from '../../workers/queue/layout.ts'
import { CrossChatError } from '../errors.ts'
import { PASS_HEADER } from '../homes/pass.ts'
import type { HomesDoor, NodesDoor } from '../house.ts'
import { passAndLinger } from './linger.ts'

/** Of one connection, and not of the call (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const EMPTY = new Set([204, 205, 304])
/** An answer that does not begin by then never comes: the other node answers within this, or is gone; ms. */
const BEGINS_WITHIN_MS = 20_000
/** One that has begun may stand still for so long, as while its caller does not read on; ms. */
const GOES_ON_WITHIN_MS = 300_000
/** So long a call waits for whoever will run the channel, ms: a lease, a round of looking and the opening; and so often it asks. */
const PATIENCE_MS = 7_000
const LOOK_AGAIN_MS = 100

/** As `handOn`; while the channel is being moved it waits for who takes it. For callers that do not ask again. */
export async function handOnPatiently(
  ctx: Koa.Context,
  homes: HomesDoor | null,
  channelId: string,
  live = false,
): Promise<boolean> {
  const until = monotonic() + PATIENCE_MS
  for (;;) {
    try {
      return await handOn(ctx, homes, channelId, live)
    } catch (error) {
      const moved = error instanceof CrossChatError && error.code === 'moved'
      if (!moved || monotonic() > until) throw error
      await sleep(LOOK_AGAIN_MS)
      // The caller has hung up meanwhile.
      if (ctx.res.closed) throw error
    }
  }
}

/**
 * Hands a call on to the node that runs its channel, and the answer back, as both came. True when it did. What came from another node already
 * is not handed on again: the channel is being moved. `live`: what it asks for is nowhere but there.
 */
export async function handOn(
  ctx: Koa.Context,
  homes: HomesDoor | null,
  channelId: string,
  live = false,
): Promise<boolean> {
  if (homes === null) return false
  const home = await homes.elsewhere(channelId).catch((error: unknown) => {
    // What is only read stands in the store, too: better a little old than not at all.
    if (ctx.method === 'GET' && !live && error instanceof CrossChatError && error.code === 'busy') return null
    throw error
  })
  if (home === null) return false
  await passOn(ctx, homes, home.address)
  return true
}

/** Hands a call on to the node that it names, as above. Throws not_found where there is no such node, or no more. */
export async function handToNode(
  ctx: Koa.Context,
  { homes, nodes }: { homes: HomesDoor | null; nodes: NodesDoor },
  id: string,
): Promise<boolean> {
  if (id === nodes.id) return false
  const address = nodes.addressOf(id)
  if (address === null || homes === null) throw new CrossChatError('not_found')
  await passOn(ctx, homes, address)
  return true
}

async function passOn(ctx: Koa.Context, homes: HomesDoor, address: string): Promise<void> {
  const { method, url } = ctx
  if (address === '' || handedOn(ctx, homes)) throw new CrossChatError('moved', { retryAfter: 1 })
  const answer = await ask(ctx, new URL(url, address), homes.passes.make(method, url))
  ctx.status = answer.statusCode ?? 502
  for (const [name, value] of Object.entries(kept(answer.headers))) if (value !== undefined) ctx.set(name, value)
  if (EMPTY.has(ctx.status)) answer.resume()
  else if (ctx.req.readableEnded) ctx.body = answer
  else {
    // Else the end of the onward call would stop the reading of what the caller still sends.
    ctx.req.unpipe()
    passAndLinger(ctx, answer)
  }
}

/** Came from another node of the house. */
export function handedOn(ctx: Koa.Context, homes: HomesDoor | null): boolean {
  const pass = ctx.get(PASS_HEADER)
  return pass !== '' && homes !== null && homes.passes.fits(pass, ctx.method, ctx.url)
}

function ask(ctx: Koa.Context, address: URL, pass: string): Promise<IncomingMessage> {
  const { method } = ctx
  const headers = { ...kept(ctx.req.headers), ...bodyFraming(ctx.req), [PASS_HEADER]: pass }
  const open = address.protocol === 'https:' ? secure : plain
  return new Promise((resolve, reject) => {
    const onward = open(address, { method, headers, timeout: BEGINS_WITHIN_MS }, (answer) => {
      onward.setTimeout(GOES_ON_WITHIN_MS)
      resolve(answer)
    })
    onward.on('timeout', () => onward.destroy())
    onward.on('error', (cause) => reject(unheard(cause)))
    // The caller has hung up.
    const hangUp = () => onward.destroy()
    ctx.res.once('close', hangUp)
    onward.once('close', () => ctx.res.off('close', hangUp))
    // Where nobody takes the connection, the body is still there for whoever is asked next.
    onceConnected(onward, () => ctx.req.pipe(onward))
  })
}

/**
 * A body that came in chunks goes on in chunks, whatever the method: sent bare behind a GET or DELETE, the other node would read it as the next
 * call of the connection, and a stranger could write that of somebody else.
 */
function bodyFraming({ headers }: IncomingMessage): Record<string, string> {
  return headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }
}

function onceConnected(onward: ClientRequest, go: () => void): void {
  onward.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', go)
    else go()
  })
}

/** A node that takes no connection took nothing of the call; of one that broke off nobody knows. */
function unheard(cause: Error): CrossChatError {
  if ('code' in cause && cause.code === 'ECONNREFUSED') return new CrossChatError('moved', { retryAfter: 1, cause })
  return new CrossChatError('busy', {
    message: 'The server that runs this channel did not answer. It may have taken the call, or not.',
    cause,
  })
}

function kept(headers: IncomingHttpHeaders): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)))
}
