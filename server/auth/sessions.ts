import type { IncomingMessage } from 'node:http'
import { ServerResponse } from 'node:http'
import Cookies from 'cookies'
import Keygrip from 'keygrip'
import type Koa from 'koa'
import { createSession } from 'koa-session'
import type { Account, Channel } from '../stores/accounts.ts'
import type { Stores } from '../stores/stores.ts'
import { describeBrowser } from './browsers.ts'
import { forwardClock } from './forward-clock.ts'
import { newId, newSecret } from './ids.ts'
import { Notes } from './notes.ts'
import type { Seal } from './seal.ts'

const HOUR_MS = 3_600_000
/** A session that is not used ends. */
export const IDLE_MS = 12 * HOUR_MS
/** Every session ends, however busy. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS

/** How exactly it is kept when a session was used last; a write for each use would be a write for each call. */
export const SEEN_EVERY_MS = 5 * 60_000

/** Who is signed in, and by which session. */
export interface SignedIn {
  /** Names the session towards hub and log; not the secret in the cookie, and the same after a change of password. */
  sessionId: string
  account: Account
  channel: Channel
}

/** A session as its owner sees it. */
export interface KnownSession {
  /** The name that goes with it, not the secret in its cookie. */
  id: string
  since: number
  seenAt: number
  browser: string
}

/** What a session holds. */
interface Content {
  accountId: string
  sessionEpoch: number
  createdAt: number
  label: string
  seenAt: number
  browser: string
}

/** koa-session hangs this on the context: what is put in comes out with methods. */
interface WithSession extends Koa.Context {
  get session(): (Record<string, unknown> & { regenerate(): Promise<void> }) | null
  set session(content: Content | null)
}

type Parts = Pick<Stores, 'sessions' | 'accounts' | 'channels'>

/**
 * Signed cookies that name a session in the store; nothing else stands in them. A session that has ended stays ended,
 * because the store ignores late writes to it. The id changes at every sign-in and change of password.
 */
export class PanelSessions {
  readonly cookieName: string
  readonly #stores: Parts
  readonly #secure: boolean
  readonly #keys: Keygrip
  readonly #now: () => number
  readonly #notes: Notes

  /** `now`: a clock that never goes back, so that no session lives longer when the machine's is set back. */
  constructor(stores: Parts, seal: Seal, secure: boolean, now = forwardClock(), notes = new Notes()) {
    this.#now = now
    this.#notes = notes
    this.#stores = stores
    this.#secure = secure
    this.cookieName = secure ? '__Host-cc' : 'cc'
    const keys = seal.keys('cookies').map((key) => key.toString('base64url'))
    this.#keys = new Keygrip(keys, 'sha256', 'base64')
  }

  /** Reads the session before a call and writes what changed after it. */
  middleware(app: Koa): Koa.Middleware {
    app.keys = this.#keys
    const session = createSession(this.#options(), app)
    return async (ctx, next) => {
      // Said here and not guessed from the connection: behind a proxy that ends TLS this server sees plain http.
      ctx.cookies = new Cookies(ctx.req, ctx.res, { keys: this.#keys, secure: this.#secure })
      await session(ctx, next)
    }
  }

  /** Whoever the context's cookie signs in. */
  async of(ctx: Koa.Context): Promise<SignedIn | null> {
    const { session } = ctx as WithSession
    const now = this.#now()
    const content = contentOf(session, now)
    const who = content === null ? null : await this.#signedIn(content)
    if (session !== null && content !== null && now - content.seenAt > SEEN_EVERY_MS) session.seenAt = now
    return who
  }

  /** Whoever the cookie of a request signs in; for upgrades, which see no context. */
  async sessionOf(req: IncomingMessage): Promise<SignedIn | null> {
    const cookies = new Cookies(req, new ServerResponse(req), { keys: this.#keys, secure: this.#secure })
    const id = cookies.get(this.cookieName, { signed: true })
    const session = id === undefined ? null : await this.#stores.sessions.get(id)
    const now = this.#now()
    const content = session !== null && session.expiresAt > now ? contentOf(session.data, now) : null
    return content === null ? null : this.#signedIn(content)
  }

  /** Signs in under a new id; the id that came with the request is dead. `label` keeps the name of a session that goes on. */
  async begin(ctx: Koa.Context, account: Account, label: string = newId()): Promise<void> {
    const now = this.#now()
    const content: Content = {
      accountId: account.id,
      sessionEpoch: account.sessionEpoch,
      createdAt: now,
      label,
      seenAt: now,
      browser: describeBrowser(ctx.get('User-Agent')),
    }
    const held = ctx as WithSession
    held.session = content
    await held.session?.regenerate()
  }

  end(ctx: Koa.Context): void {
    ;(ctx as WithSession).session = null
  }

  /** Ends all other sessions of an account; the context's own lives on. */
  async endOthers(ctx: Koa.Context, accountId: string): Promise<void> {
    await this.#stores.sessions.destroyOthers(accountId, String(ctx.state.storedSession ?? '') || null)
  }

  /** All that an account is signed in with, the one used last first. */
  async known(account: Account): Promise<KnownSession[]> {
    const standing = await this.#standing(account)
    const known = standing.map(({ content: { label, createdAt, seenAt, browser } }) => ({
      id: label,
      since: createdAt,
      seenAt,
      browser,
    }))
    return known.sort((a, b) => b.seenAt - a.seenAt)
  }

  /** Ends those of the account's sessions that it is asked of and says yes to. False when there is none. */
  async endKnown(account: Account, which: (id: string) => boolean): Promise<boolean> {
    const ending = (await this.#standing(account)).filter(({ content }) => which(content.label))
    for (const { id } of ending) await this.#stores.sessions.destroy(id)
    return ending.length > 0
  }

  async #standing(account: Account): Promise<{ id: string; content: Content }[]> {
    const all = await this.#stores.sessions.byAccount(account.id)
    return all.flatMap(({ id, data }) => {
      const content = contentOf(data, this.#now())
      return content?.sessionEpoch === account.sessionEpoch ? [{ id, content }] : []
    })
  }

  async #signedIn(content: Content): Promise<SignedIn | null> {
    const account = await this.#stores.accounts.byId(content.accountId)
    if (account === null || account.sessionEpoch !== content.sessionEpoch) return null
    if (account.suspendedAt !== undefined) return null
    this.#note(account)
    const channel = await this.#stores.channels.byAccount(account.id)
    return channel === null ? null : { sessionId: content.label, account, channel }
  }

  #note({ id, seenAt = 0 }: Account): void {
    const now = this.#now()
    if (now - seenAt > SEEN_EVERY_MS) this.#notes.take(`account ${id}`, () => this.#stores.accounts.seen(id, now))
  }

  #options() {
    return {
      key: this.cookieName,
      maxAge: IDLE_MS,
      renew: true,
      rolling: false,
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#secure,
      signed: true,
      genid: newSecret,
      valid: (_: unknown, data: unknown) => contentOf(data, this.#now()) !== null,
      store: this.#store(),
    }
  }

  #store() {
    const { sessions } = this.#stores
    const [now, notes] = [this.#now, this.#notes]
    return {
      async get(id: string): Promise<unknown> {
        const session = await sessions.get(id)
        return session !== null && session.expiresAt > now() ? session.data : null
      },
      /** Tells the context the id it stored: koa-session's own `externalKey` is stale after regenerate(). */
      async set(id: string, data: Record<string, unknown>, maxAge: number, { ctx }: { ctx?: Koa.Context }) {
        const until = Math.min(now() + maxAge, Number(data.createdAt) + ABSOLUTE_MS)
        const set = () => sessions.set({ id, data, expiresAt: until })
        if (isNew(data)) await set()
        else notes.take(`session ${id}`, set)
        if (ctx !== undefined) ctx.state.storedSession = id
      },
      // Every caller without a cookie is given an id: what never stood there is nothing to write down.
      async destroy(id: string) {
        if ((await sessions.get(id)) !== null) await sessions.destroy(id)
      },
    }
  }
}

/** It begins with this call, and there is none without it; else only its last use is written down. */
function isNew({ createdAt, seenAt }: Record<string, unknown>): boolean {
  return createdAt === seenAt
}

/** The content of a session that is whole, not past its absolute end, and not from far in the future, as after a start with a clock set back. */
function contentOf(data: unknown, now: number): Content | null {
  if (typeof data !== 'object' || data === null) return null
  const { accountId, sessionEpoch, createdAt, label, seenAt, browser } = data as Partial<Record<keyof Content, unknown>>
  if (typeof accountId !== 'string' || typeof label !== 'string') return null
  if (typeof sessionEpoch !== 'number' || typeof createdAt !== 'number') return null
  if (now - createdAt >= ABSOLUTE_MS || createdAt - now > IDLE_MS) return null
  return {
    accountId,
    sessionEpoch,
    createdAt,
    label,
    // Sessions of before these were kept go on.
    seenAt: typeof seenAt === 'number' ? seenAt : createdAt,
    browser: typeof browser === 'string' ? browser : '',
  }
}
