import type Koa from 'koa'
import type { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import { clientOf } from '../auth/client.ts'
import type { SignedIn } from '../auth/sessions.ts'
import { CrossChatError, type ErrorCode } from '../errors.ts'
import type { House } from '../house.ts'
import type { Lanes } from '../lanes.ts'
import { keyedChannel } from '../middleware/api-key.ts'
import type { Arriving } from '../middleware/arriving.ts'
import { API_BODY, check, readBytes, readJson, SMALL_BODY } from '../middleware/body.ts'
import { callingDock } from '../middleware/dock-key.ts'
import { handedOn, handOn, handOnPatiently, handToNode } from '../middleware/hand-on.ts'
import type { LimitName, Rates } from '../middleware/rate.ts'
import { actor, instanceOwner, namedChannel, signedIn } from '../middleware/signed-in.ts'
import type { ChannelRole } from '../protocol.ts'
import type { Rush } from '../rush.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Hand } from '../stores/moderation.ts'
import { Written } from './written.ts'

/** Who may call, and what a handler then knows of them. */
export interface Callers {
  anyone: null
  /** Whoever is signed in; the call speaks of no channel. */
  person: SignedIn
  /** The owner of the instance. */
  owner: SignedIn
  /** Whoever is signed in, in the channel that the call speaks of. */
  account: Actor
  /** An account, or an API key with the scope of that name. */
  produce: { channel: Channel }
  read: { channel: Channel }
  /** An account, or a dock whose key has the scope of that name. */
  moderate: { channel: Channel; hand: Hand }
  control: { channel: Channel; hand: Hand }
}
export type Who = keyof Callers
/** Callers that act in a channel. */
export const IN_CHANNEL = ['account', 'produce', 'read', 'moderate', 'control'] as const satisfies readonly Who[]
export type InChannel = (typeof IN_CHANNEL)[number]

/** What every route works with. */
export interface Doors {
  house: House
  rates: Rates
  /** Of heavy calls. */
  lanes: Lanes
  /** Of callers with many calls in hand. */
  rush: Rush
  /** Of bodies that are on their way in. */
  arriving: Arriving
}

type Params = Readonly<Record<string, string>>

export interface Call<Caller, Body, Query> {
  caller: Caller
  body: Body
  query: Query
  params: Params
  ctx: Koa.Context
  /** Its body as it came, where the route names no shape for it. Throws like `readBytes`. */
  bytes(limit: number): Promise<Buffer>
  /** For answers that take their time. Throws as at first once the caller may not be here any more. */
  again(): Promise<void>
}

/** What an answer holds: JSON of a shape (server/answers), a text of one of these media types, or nothing. */
export type Gives = z.ZodType | readonly string[] | null

/** A call that the server answers, as data: mounted by `index.ts`, described by `openapi.ts`. */
interface Told<W extends Who, B extends z.ZodType, Q extends z.ZodType, G extends Gives> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** In the router's form; `:id` is handed over in `params`. */
  path: string
  who: W
  /** One sentence. */
  does: string
  body?: B
  bodyLimit?: number
  /** A body, for whoever reads the description. */
  example?: z.input<B>
  /** Media types of a body that is read as it comes. */
  takes?: readonly string[]
  query?: Q
  /** Of the answer; 200 when not given, 204 when the handler answers nothing. */
  status?: number
  gives?: G
  /** Answers with another status that are no errors. */
  or?: Readonly<Record<number, Gives>>
  /** Errors of its own, besides those that caller, body, query and limits bring (`route-errors.ts`). */
  fails?: readonly ErrorCode[]
  /** A security event: what the log says once it is done, beside who did it. */
  logged?: string
  /** The channel that it acts in, where its caller is none of a channel; null = there is none such. */
  channelOf?(params: Readonly<Record<string, string>>, caller: Callers[W]): string | null | Promise<string | null>
  /** Its caller may never send it again: of several servers, it waits while none runs the channel. */
  patient?: true
  /** What it gives is known nowhere but where the channel is run: the store does not have it. */
  live?: true
  /** It says of one server how that is: of several the one that its query names as `node`. */
  ofNode?: true
  /** Counted for the caller's channel, or for the address of one who has none. */
  rate?: LimitName
  /** It reads much: a few of one channel at a time, and the rest in their turn. */
  heavy?: true
}
/** Whoever acts in a channel needs at least this role there. Keys have scopes instead. */
type Least<W extends Who> = W extends InChannel ? { least: ChannelRole } : { least?: never }
export type Spec<W extends Who, B extends z.ZodType, Q extends z.ZodType, G extends Gives> = Told<W, B, Q, G> & Least<W>
/** What a handler returns: what the route says that it gives. */
type Given<G extends Gives> = G extends z.ZodType ? Handed<z.output<G>> | Promise<Handed<z.output<G>>> : unknown
type Handed<Output> = Output | Written | undefined

export interface Route extends Told<Who, z.ZodType, z.ZodType, Gives> {
  least?: ChannelRole
  answer(ctx: Koa.Context, params: Readonly<Record<string, string>>, doors: Doors): Promise<void>
}

/** What koa begins with. */
const UNSET = 404

/**
 * Makes a route of what it is and what it does. Checks come in this order: caller, rate, query, body. Of several servers, the one that runs the
 * channel answers, after all its own checks.
 */
export function route<
  W extends Who,
  B extends z.ZodType = z.ZodNever,
  Q extends z.ZodType = z.ZodNever,
  G extends Gives = null,
>(spec: Spec<W, B, Q, G>, handle: (call: Call<Callers[W], z.output<B>, z.output<Q>>) => Given<G>): Route {
  return {
    ...spec,
    async answer(ctx, params, doors) {
      const enter = () => admit[spec.who](ctx, doors, spec.least ?? 'owner')
      const caller = await enter()
      const key = keyOf(ctx, caller, doors)
      const little = !spec.heavy && isLittle(ctx)
      await doors.rush.take(key, little, () => answer(ctx, params, doors, caller, key, enter))
    },
  }

  async function answer(
    ctx: Koa.Context,
    params: Params,
    doors: Doors,
    caller: Callers[W],
    key: string,
    enter: () => Promise<Callers[W]>,
  ) {
    // Another node that hands it on has counted it.
    if (spec.rate !== undefined && !handedOn(ctx, doors.house.homes)) await doors.rates.take(spec.rate, key)
    const channelId = spec.channelOf === undefined ? ownOf(spec.who, caller) : await spec.channelOf(params, caller)
    const onward = spec.patient ? handOnPatiently : handOn
    if (channelId !== null && (await onward(ctx, doors.house.homes, channelId, spec.live))) return
    const query = spec.query === undefined ? undefined : check(spec.query, { ...ctx.query })
    const { node } = ctx.query
    if (spec.ofNode && typeof node === 'string' && (await handToNode(ctx, doors.house, node))) return
    const arrival = doors.arriving.begin(key)
    const limit = spec.bodyLimit ?? API_BODY
    const body = spec.body === undefined ? undefined : await readJson(ctx.req, spec.body, limit, arrival)
    const again = async () => void (await enter())
    const bytes = (most: number) => readBytes(ctx.req, most, arrival)
    const call = { caller, params, ctx, bytes, again, query: query as z.output<Q>, body: body as z.output<B> }
    const act = () => handle(call)
    const given = await (spec.heavy ? heavily(ctx, key, doors, act) : act())
    if (spec.logged !== undefined) doors.house.log.info(whoDid(ctx, caller, spec.path), spec.logged)
    send(ctx, given, spec.status ?? 200)
  }
}

const admit: { [W in Who]: (ctx: Koa.Context, doors: Doors, least: ChannelRole) => Promise<Callers[W]> } = {
  anyone: async () => null,
  person: (ctx, { house }) => signedIn(ctx, house.sessions),
  owner: (ctx, { house }) => instanceOwner(ctx, house.sessions),
  account: (ctx, { house }, least) => actor(ctx, house, least),
  produce: (ctx, doors, least) => keyOrActor(ctx, doors, 'produce', least),
  read: (ctx, doors, least) => keyOrActor(ctx, doors, 'read', least),
  moderate: (ctx, doors, least) => dockOrActor(ctx, doors, 'moderate', least),
  control: (ctx, doors, least) => dockOrActor(ctx, doors, 'control', least),
}

/**
 * What it gives is large: writing it out is a piece of work, too, and it stands in memory until its caller has read it. So its place in the
 * lane is given back only then. An answer that waits behind another one of its connection holds none: node tells of no end of it.
 */
async function heavily<T>(
  { res }: Koa.Context,
  key: string,
  { house, lanes }: Doors,
  act: () => T | Promise<T>,
): Promise<T> {
  const leave = await lanes.enter(key)
  let read = true
  try {
    const answer = await act()
    await house.pace.turn(key)
    read = res.closed || res.socket === null || res.socket.destroyed
    return answer
  } finally {
    if (read) leave()
    else res.once('close', leave)
  }
}

/** The channel that its caller acts in; null = none. */
function ownOf(who: Who, caller: Callers[Who]): string | null {
  const inChannel = caller !== null && 'channel' in caller && IN_CHANNEL.some((each) => each === who)
  return inChannel ? caller.channel.id : null
}

function whoDid(ctx: Koa.Context, caller: Callers[Who], path: string): Record<string, unknown> {
  const channel = caller !== null && 'channel' in caller ? caller.channel.id : undefined
  const account = caller !== null && 'account' in caller ? caller.account.id : undefined
  return { requestId: ctx.state.requestId, route: path, channel, account }
}

/** A key in the request decides; its cookie then counts nothing. */
async function keyOrActor(
  ctx: Koa.Context,
  { house }: Doors,
  scope: 'produce' | 'read',
  least: ChannelRole,
): Promise<{ channel: Channel }> {
  const channel = await keyedChannel(ctx, house, scope)
  return channel === null ? actor(ctx, house, least) : { channel: asNamed(ctx, channel) }
}

/** As above, for the keys of docks. */
async function dockOrActor(
  ctx: Koa.Context,
  { house }: Doors,
  scope: 'moderate' | 'control',
  least: ChannelRole,
): Promise<{ channel: Channel; hand: Hand }> {
  const calling = await callingDock(ctx, house, scope)
  if (calling !== null) {
    const { dock, channel } = calling
    return { channel: asNamed(ctx, channel), hand: { kind: 'dock', id: dock.id, name: dock.name } }
  }
  const found = await actor(ctx, house, least)
  const { id, username } = found.account
  return { ...found, hand: { kind: 'account', id, name: username } }
}

/** A key opens its own channel and no other, whatever the call names. */
function asNamed(ctx: Koa.Context, channel: Channel): Channel {
  const named = namedChannel(ctx)
  if (named !== null && named !== channel.id) throw new CrossChatError('not_found')
  return channel
}

/** One member's calls use up nothing of the others'; the owner shares with the channel's keys. */
function keyOf(ctx: Koa.Context, caller: Callers[Who], { house }: Doors): string {
  if (caller === null) return clientOf(ctx.req, house.config.trustedProxies)
  const { channel } = caller
  return 'role' in caller && caller.role !== 'owner' ? `${channel.id}|${caller.account.id}` : channel.id
}

/** Of a body that does not say how long it is nothing is known. */
function isLittle({ req: { headers } }: Koa.Context): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= SMALL_BODY
}

/** A status that the handler has set stands. */
function send(ctx: Koa.Context, answer: unknown, status: number): void {
  if (ctx.status === UNSET) ctx.status = answer === undefined ? 204 : status
  if (answer instanceof Written) answer.send(ctx)
  else if (answer !== undefined) ctx.body = answer
}
