import type Koa from 'koa'
import type { z } from 'zod'
import { clientOf } from '../auth/client.ts'
import type { SignedIn } from '../auth/sessions.ts'
import type { House } from '../house.ts'
import { keyedChannel } from '../middleware/api-key.ts'
import { API_BODY, check, readJson } from '../middleware/body.ts'
import { callingDock } from '../middleware/dock-key.ts'
import type { LimitName, Rates } from '../middleware/rate.ts'
import { instanceOwner, signedIn } from '../middleware/signed-in.ts'
import type { Channel, Hand } from '../stores/stores.ts'

/** Who may call, and what a handler then knows of them. */
export interface Callers {
  anyone: null
  account: SignedIn
  /** The owner of the instance. */
  owner: SignedIn
  /** An account, or an API key with the scope of that name. */
  produce: { channel: Channel }
  read: { channel: Channel }
  /** An account, or a dock whose key has the scope of that name. */
  moderate: { channel: Channel; hand: Hand }
  control: { channel: Channel; hand: Hand }
}
export type Who = keyof Callers

/** What every route works with. */
export interface Doors {
  house: House
  rates: Rates
}

export interface Call<Caller, Body, Query> {
  caller: Caller
  body: Body
  query: Query
  params: Readonly<Record<string, string>>
  ctx: Koa.Context
}

/** A call that the server answers, as data: mounted by `index.ts`, described by `openapi.ts`. */
export interface Spec<W extends Who, B extends z.ZodType, Q extends z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** In the router's form; `:id` is handed over in `params`. */
  path: string
  who: W
  /** One sentence. */
  does: string
  body?: B
  bodyLimit?: number
  query?: Q
  /** Of the answer; 200 when not given, 204 when the handler answers nothing. */
  status?: number
  /** Counted for the caller's channel, or for the address of one who has none. */
  rate?: LimitName
}

export interface Route extends Spec<Who, z.ZodType, z.ZodType> {
  answer(ctx: Koa.Context, params: Readonly<Record<string, string>>, doors: Doors): Promise<void>
}

/** What koa begins with. */
const UNSET = 404

/** Makes a route of what it is and what it does. Checks come in this order: caller, rate, query, body. */
export function route<W extends Who, B extends z.ZodType = z.ZodNever, Q extends z.ZodType = z.ZodNever>(
  spec: Spec<W, B, Q>,
  handle: (call: Call<Callers[W], z.output<B>, z.output<Q>>) => unknown,
): Route {
  return {
    ...spec,
    async answer(ctx, params, doors) {
      const caller = await admit[spec.who](ctx, doors)
      if (spec.rate !== undefined) await doors.rates.take(spec.rate, keyOf(ctx, caller, doors))
      const query = spec.query === undefined ? undefined : check(spec.query, { ...ctx.query })
      const body = spec.body === undefined ? undefined : await readJson(ctx.req, spec.body, spec.bodyLimit ?? API_BODY)
      const call = { caller, params, ctx, query: query as z.output<Q>, body: body as z.output<B> }
      send(ctx, await handle(call), spec.status ?? 200)
    },
  }
}

const admit: { [W in Who]: (ctx: Koa.Context, doors: Doors) => Promise<Callers[W]> } = {
  anyone: async () => null,
  account: (ctx, { house }) => signedIn(ctx, house.sessions),
  owner: (ctx, { house }) => instanceOwner(ctx, house.sessions),
  produce: (ctx, doors) => keyOrAccount(ctx, doors, 'produce'),
  read: (ctx, doors) => keyOrAccount(ctx, doors, 'read'),
  moderate: (ctx, doors) => dockOrAccount(ctx, doors, 'moderate'),
  control: (ctx, doors) => dockOrAccount(ctx, doors, 'control'),
}

/** A key in the request decides; its cookie then counts nothing. */
async function keyOrAccount(
  ctx: Koa.Context,
  { house }: Doors,
  scope: 'produce' | 'read',
): Promise<{ channel: Channel }> {
  const channel = await keyedChannel(ctx, house.stores, scope)
  return channel === null ? signedIn(ctx, house.sessions) : { channel }
}

/** As above, for the keys of docks. */
async function dockOrAccount(
  ctx: Koa.Context,
  { house }: Doors,
  scope: 'moderate' | 'control',
): Promise<{ channel: Channel; hand: Hand }> {
  const calling = await callingDock(ctx, house, scope)
  if (calling !== null) {
    const { dock, channel } = calling
    return { channel, hand: { kind: 'dock', id: dock.id, name: dock.name } }
  }
  const { account, channel } = await signedIn(ctx, house.sessions)
  return { channel, hand: { kind: 'account', id: account.id, name: account.username } }
}

function keyOf(ctx: Koa.Context, caller: { channel: Channel } | null, { house }: Doors): string {
  return caller?.channel.id ?? clientOf(ctx.req, house.config.trustedProxies)
}

/** A status that the handler has set stands. */
function send(ctx: Koa.Context, answer: unknown, status: number): void {
  if (ctx.status === UNSET) ctx.status = answer === undefined ? 204 : status
  if (answer !== undefined) ctx.body = answer
}
