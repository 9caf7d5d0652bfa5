import Koa from 'koa'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import { Lanes } from '../../../server/lanes.ts'
import { Arriving } from '../../../server/middleware/arriving.ts'
import { errors } from '../../../server/middleware/errors.ts'
import { Rates } from '../../../server/middleware/rate.ts'
import { allRoutes } from '../../../server/routes/index.ts'
import { mount } from '../../../server/routes/mount.ts'
import { newAccount, openChannel } from '../../../server/routes/newcomer.ts'
import type { Route } from '../../../server/routes/route.ts'
import { Rush } from '../../../server/rush.ts'
import { type Answer, type Ask, ask, type Doors, openDoors, PASSWORD, Visitor } from '../../help/doors.ts'
import { below, oneOf } from '../chance.ts'
import { changedJson, lesserJson, textOfJson } from '../json.ts'
import { type Outcome, ServerFault, shot, type Target, type Trial } from '../target.ts'
import { changedText, shorterTexts } from '../text.ts'

/**
 * Every call of the routing table, over HTTP and behind real stores, with bodies made from the route's own example, with queries and with
 * ids that were seen in answers. How often somebody may call is left out: then what comes later would reach no handler.
 */

interface Input extends Ask {
  method: string
  body?: Buffer
}

/** Heavy calls of one caller, as the house has it. */
const SIDE_BY_SIDE = 2
/** What a call would reach that is not of this machine. */
const OUTSIDE = new Set(['POST /api/webhooks/:id/test'])
const AS_TEXT = 0.1
const BROKEN_UTF8 = 0.05
const DEEP = 0.02
const DEPTHS = [100, 5_000, 30_000]
const HONEST = 0.1
const TYPES = ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/JSON', '']
const STRANGE_TYPE = 0.05
const INVALID_UTF8 = Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80, 0xff])
/** Ids seen that are kept to be asked for. */
const MOST_IDS = 200
/** What a query may bring whatever it is named. */
const QUERY_VALUES = [
  '',
  '0',
  '1',
  '50',
  '-1',
  '1.5',
  '1e9',
  'NaN',
  'yes',
  'no',
  'json',
  'csv',
  'srt',
  'html',
  'real',
  'pseudonyms',
  '12,20-35',
  '35-12,,-',
  'message',
  'testtube',
  'from:"mossy otter" -has:link after:2023-01-01',
  'MS4w',
  'bnVsbA',
  'WyIxIixudWxsLG51bGxd',
  'W10',
  '9999999999999999',
  '8640000000000000',
  '__proto__',
]

export const bodies: Target = {
  name: 'bodies',
  few: 400,
  async open() {
    const stage = await Stage.open()
    return {
      at: (random) => shot(stage.inputFrom(random), stage.trial),
      close: () => stage.close(),
    }
  },
}

/** As many calls as somebody likes. */
class Unlimited extends Rates {
  override async take(): Promise<void> {}
  override async used(): Promise<number> {
    return 0
  }
}

/** The doors, and the account that calls. */
class Stage {
  readonly #doors: Doors
  readonly #port: number
  readonly #end: () => void
  readonly #routes: readonly Route[]
  readonly #queries = new Map<Route, string[]>()
  readonly #ids: string[] = ['m1', 'testtube', 'testtube:m1', 'me', 'live', 'AAAAAAAAAAAAAAAAAAAAAA']
  #caller: Visitor | null = null
  #accounts = 0

  private constructor(doors: Doors, port: number, routes: readonly Route[], end: () => void) {
    this.#doors = doors
    this.#port = port
    this.#routes = routes
    this.#end = end
    for (const route of routes) this.#queries.set(route, namesIn(route))
  }

  static async open(): Promise<Stage> {
    const doors = await openDoors({ env: { CROSSCHAT_LOG: 'fatal', CROSSCHAT_REGISTRATION: 'open' } })
    const { house } = doors
    const rates = new Unlimited(house.metrics)
    const routes = allRoutes(house, rates)
    const app = new Koa()
    app.on('error', () => {})
    app.use(errors(house.log))
    app.use(house.sessions.middleware(app))
    const lanes = new Lanes(SIDE_BY_SIDE)
    app.use(mount(routes, { house, rates, lanes, rush: new Rush(house.pace), arriving: new Arriving() }))
    const server = app.listen(0, '127.0.0.1')
    // A machine that stands still for seconds must not end a connection in the very moment in which it is used again.
    server.keepAliveTimeout = 0
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const wanted = routes.filter(({ method, path }) => !OUTSIDE.has(`${method} ${path}`))
    return new Stage(doors, address.port, wanted, () => {
      server.closeAllConnections()
      server.close()
    })
  }

  async close(): Promise<void> {
    this.#end()
    await this.#doors.close()
  }

  inputFrom(random: () => number): Input {
    const route = oneOf(random, this.#routes)
    const path =
      route.path.replace(/:\w+/g, () => encodeURIComponent(this.#idFrom(random))) + this.#query(random, route)
    if (route.body === undefined && route.takes === undefined) return { method: route.method, path }
    const body = bodyFrom(random, route.example ?? { any: 'thing' })
    const type = random() < STRANGE_TYPE ? oneOf(random, TYPES) : 'application/json'
    return { method: route.method, path, headers: { 'content-type': type }, body }
  }

  get trial(): Trial<Input> {
    return {
      check: (input) => this.#check(input),
      told: ({ method, path, headers, body }) =>
        `${method} ${path} ${JSON.stringify(headers ?? {})} ${body === undefined ? '' : JSON.stringify(body.toString('latin1'))}`,
      lesser: lesserInputs,
    }
  }

  async #check(input: Input): Promise<Outcome> {
    const { cookie } = await this.#callerNow()
    const answer = await ask(this.#port, { ...input, headers: { ...input.headers, cookie } })
    this.#doors.seen.length = 0
    if (answer.status >= 500) throw new ServerFault(`${answer.status} ${answer.text}`)
    assert.not.ok('polluted' in {} || 'any' in {}, 'Object.prototype stays clean')
    if (answer.status === 401) this.#caller = null
    for (const [, id = ''] of answer.text.matchAll(/"(?:id|cursor|next)":"([^"]{1,300})"/g)) this.#remember(id)
    return answer.status >= 400 ? refused(answer) : 'taken'
  }

  /** Signed in anew where what came before ended the session; another account where it cannot any more. */
  async #callerNow(): Promise<Visitor> {
    this.#caller ??= (await this.#signIn()) ?? (await this.#newcomer())
    return this.#caller
  }

  /** Null for an account that was deleted or suspended, or has another password by now. */
  async #signIn(): Promise<Visitor | null> {
    if (this.#accounts === 0) return null
    const visitor = new Visitor(this.#port)
    const answer = await visitor.call('POST', '/api/auth/login', { username: this.#username, password: PASSWORD })
    if (answer.status >= 500) throw new ServerFault(`signing in: ${answer.status} ${answer.text}`)
    return answer.status === 200 ? visitor : null
  }

  /** Made beside the doors: what comes may close registration, and nobody may register as often as inputs take accounts away. */
  async #newcomer(): Promise<Visitor> {
    const { passwords, stores } = this.#doors.house
    this.#accounts++
    const account = newAccount(this.#username, await passwords.hash(PASSWORD), this.#accounts === 1)
    await stores.accounts.insert(account)
    await openChannel(stores, account)
    const visitor = await this.#signIn()
    if (visitor === null) throw new Error('A new account cannot sign in.')
    return visitor
  }

  get #username(): string {
    return `caller_${this.#accounts}`
  }

  #idFrom(random: () => number): string {
    const id = oneOf(random, this.#ids)
    return random() < 0.1 ? changedText(random, id, this.#ids).toWellFormed().slice(0, 500) || '-' : id
  }

  #remember(id: string): void {
    if (this.#ids.includes(id)) return
    this.#ids.push(id)
    if (this.#ids.length > MOST_IDS) this.#ids.splice(6, 1)
  }

  #query(random: () => number, route: Route): string {
    const names = this.#queries.get(route) ?? []
    const asked = new URLSearchParams()
    for (const name of names) {
      if (random() < 0.6) continue
      const value = random() < 0.3 ? this.#idFrom(random) : oneOf(random, QUERY_VALUES)
      asked.append(name, random() < 0.1 ? changedText(random, value, QUERY_VALUES).slice(0, 500) : value)
    }
    return asked.size === 0 ? '' : `?${asked}`
  }
}

function namesIn({ query }: Route): string[] {
  if (query === undefined) return []
  const { properties } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return [...Object.keys(properties ?? {}), 'channel']
}

function bodyFrom(random: () => number, example: unknown): Buffer {
  if (random() < DEEP) return deep(random)
  if (random() < HONEST) return Buffer.from(textOfJson(example))
  const text = textOfJson(changedJson(random, example, [example]))
  const body = Buffer.from(random() < AS_TEXT ? changedText(random, text, [text]) : text)
  if (random() >= BROKEN_UTF8) return body
  const at = below(random, body.length + 1)
  return Buffer.concat([body.subarray(0, at), INVALID_UTF8, body.subarray(at)])
}

function deep(random: () => number): Buffer {
  const depth = oneOf(random, DEPTHS)
  return Buffer.from(
    random() < 0.5 ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
  )
}

/** A refusal says what, in the one shape. */
function refused({ status, text }: Answer): Outcome {
  const { error }: { error?: { code?: unknown; message?: unknown } } = JSON.parse(text)
  assert.ok(typeof error?.code === 'string' && typeof error.message === 'string', `${status} ${text.slice(0, 200)}`)
  return 'refused'
}

function* lesserInputs(input: Input): Generator<Input> {
  const { body } = input
  if (body === undefined) return
  try {
    for (const less of lesserJson(JSON.parse(body.toString()))) yield { ...input, body: Buffer.from(textOfJson(less)) }
  } catch {
    for (const less of shorterTexts(body.toString('latin1'))) yield { ...input, body: Buffer.from(less, 'latin1') }
  }
}
