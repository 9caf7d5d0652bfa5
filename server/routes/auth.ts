import type Koa from 'koa'
import { type AccountView, type DoorView, LoginBody, type MeView, PasswordBody, RegisterBody } from '../api.ts'
import { clientOf, isLoopback } from '../auth/client.ts'
import { sameSecret } from '../auth/seal.ts'
import type { SignedIn } from '../auth/sessions.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import type { Rates } from '../middleware/rate.ts'
import type { Account, Channel } from '../stores/stores.ts'
import { Turns } from '../turns.ts'
import { handleOf, newAccount, openChannel } from './newcomer.ts'
import { type Route, route } from './route.ts'

const REGISTERING = 'register'

/** Accounts and sessions. */
export function auth(house: House, rates: Rates): Route[] {
  const turns = new Turns()
  const { stores, sessions, passwords, hub, metrics } = house

  return [
    route({ method: 'GET', path: '/api/auth', who: 'anyone', does: 'Says how one may come in.' }, ({ ctx }) =>
      doorFor(ctx, house),
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/register',
        who: 'anyone',
        does: 'Makes an account with its channel and signs in.',
        body: RegisterBody,
        bodyLimit: SMALL_BODY,
        status: 201,
        rate: 'register',
      },
      async ({ ctx, body }): Promise<MeView> => {
        await admitNewcomer(ctx, house, body.setupToken)
        const passwordHash = await passwords.hash(body.password)
        // Checked again where nobody can come in between: two strangers at once must not both become the owner.
        const made = await turns.take(REGISTERING, async () => {
          const first = await admitNewcomer(ctx, house, body.setupToken)
          const account = newAccount(body.username, passwordHash, first)
          await stores.accounts.insert(account)
          return { account, channel: await openChannel(stores, account, body.channel) }
        })
        await sessions.begin(ctx, made.account)
        return meView(made)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/login',
        who: 'anyone',
        does: 'Signs in.',
        body: LoginBody,
        bodyLimit: SMALL_BODY,
      },
      async ({ ctx, body }): Promise<MeView> => {
        const address = clientOf(ctx.req, house.config.trustedProxies)
        const handle = handleOf(body.username)
        const both = `${address}|${handle}`
        // The address first: one address trying many names must not fill the list of names.
        await rates.take('loginAddress', address)
        await rates.take('login', both)
        const account = await stores.accounts.byHandle(handle)
        const right = await passwords.verify(body.password, account?.passwordHash ?? null)
        metrics.loginTotal.inc({ result: right ? 'ok' : 'wrong' })
        if (!right || account === null) throw new CrossChatError('bad_login')
        await Promise.all([rates.clear('login', both), rates.giveBack('loginAddress', address)])
        const channel = await channelOf(house, turns, account)
        await sessions.begin(ctx, account)
        return meView({ account, channel })
      },
    ),

    route(
      { method: 'POST', path: '/api/auth/logout', who: 'anyone', does: 'Ends the session; its cookie is dead.' },
      async ({ ctx }) => {
        const who = await sessions.of(ctx)
        sessions.end(ctx)
        if (who !== null) hub.withdrawSession(who.sessionId)
      },
    ),

    route({ method: 'GET', path: '/api/auth/me', who: 'person', does: 'Says who is signed in.' }, ({ caller }) =>
      meView(caller),
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/password',
        who: 'person',
        does: 'Changes the password and ends all other sessions.',
        body: PasswordBody,
        bodyLimit: SMALL_BODY,
        rate: 'password',
      },
      async ({ ctx, body, caller }) => {
        await changePassword(house, ctx, caller, body)
      },
    ),
  ]
}

async function changePassword(
  { passwords, stores, sessions, hub }: House,
  ctx: Koa.Context,
  { account, sessionId }: SignedIn,
  body: { current: string; next: string },
): Promise<void> {
  if (!(await passwords.verify(body.current, account.passwordHash))) {
    throw new CrossChatError('bad_login', { message: 'The current password is wrong.' })
  }
  const changed = await stores.accounts.setPassword(account.id, await passwords.hash(body.next))
  if (changed === null) throw new CrossChatError('signed_out')
  await sessions.begin(ctx, changed, sessionId)
  await sessions.endOthers(ctx, account.id)
  hub.withdrawAccount(account.id, sessionId)
}

/** True when the newcomer will be the first. Throws `registration_closed`, `bad_setup_token`. */
async function admitNewcomer(ctx: Koa.Context, house: House, token: string | undefined): Promise<boolean> {
  const door = await doorFor(ctx, house)
  if (!door.first && door.registration !== 'open') throw new CrossChatError('registration_closed')
  if (door.setupToken && !sameSecret(token ?? '', house.setupToken ?? '')) throw new CrossChatError('bad_setup_token')
  // An empty token opens nothing, also when the house has none to compare with.
  if (door.setupToken && house.setupToken === null) throw new CrossChatError('bad_setup_token')
  return door.first
}

async function doorFor(ctx: Koa.Context, { stores, config }: House): Promise<DoorView> {
  const first = (await stores.accounts.count()) === 0
  return { registration: config.registration, first, setupToken: first && !isLoopback(ctx.req) }
}

/** A process that died between making the account and its channel left it without one; it is made here. */
function channelOf({ stores }: House, turns: Turns, account: Account): Promise<Channel> {
  return turns.take(
    REGISTERING,
    async () => (await stores.channels.byAccount(account.id)) ?? openChannel(stores, account),
  )
}

function meView({ account, channel }: { account: Account; channel: Channel }): MeView {
  return { account: accountView(account), channel: { id: channel.id, name: channel.name } }
}

function accountView({ id, username, owner, createdAt }: Account): AccountView {
  return { id, username, owner, createdAt }
}
