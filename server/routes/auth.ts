import type Koa from 'koa'
import { MeAnswer } from '../answers/account.ts'
import { LoginBody, type MeView, PasswordBody } from '../api/accounts.ts'
import { clientOf } from '../auth/client.ts'
import type { SignedIn } from '../auth/sessions.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import type { Rates } from '../middleware/rate.ts'
import type { Account, Channel } from '../stores/accounts.ts'
import { Turns } from '../turns.ts'
import { meView } from './me.ts'
import { handleOf, openChannel } from './newcomer.ts'
import { REGISTERING, registration } from './registration.ts'
import { removeAccount } from './remove-account.ts'
import { type Route, route } from './route.ts'
import { sessions as sessionsOf } from './sessions.ts'

/** Accounts and sessions. */
export function auth(house: House, rates: Rates): Route[] {
  const turns = new Turns()
  const { stores, sessions, passwords, hub, metrics } = house

  return [
    ...registration(house, turns),
    ...sessionsOf(house),

    route(
      {
        method: 'POST',
        path: '/api/auth/login',
        who: 'anyone',
        does: 'Signs in.',
        example: { username: 'quiet_otter', password: 'a long and secret one' },
        gives: MeAnswer,
        fails: ['bad_login', 'suspended', 'too_many', 'busy'],
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
        // Said only to whoever knows the password.
        if (account.suspendedAt !== undefined) throw new CrossChatError('suspended')
        await Promise.all([rates.clear('login', both), rates.giveBack('loginAddress', address)])
        const channel = await channelOf(house, turns, account)
        await sessions.begin(ctx, account)
        house.log.info({ requestId: ctx.state.requestId, account: account.id }, 'somebody signed in')
        return meView(stores, { account, channel })
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/logout',
        who: 'anyone',
        does: 'Ends the session; its cookie is dead.',
        gives: null,
      },
      async ({ ctx }) => {
        const who = await sessions.of(ctx)
        sessions.end(ctx)
        if (who === null) return
        hub.withdrawSession(who.sessionId)
        house.log.info({ requestId: ctx.state.requestId, account: who.account.id }, 'somebody signed out')
      },
    ),

    route(
      { method: 'GET', path: '/api/auth/me', who: 'person', does: 'Says who is signed in.', gives: MeAnswer },
      ({ caller }) => meView(stores, caller),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/auth/me',
        who: 'person',
        // Whoever runs the channel lets go of what it follows.
        channelOf: async (_, { account }) => (await stores.channels.byAccount(account.id))?.id ?? null,
        does: 'Removes the own account, its channel and all that is kept of it. Name and password must be given.',
        example: { username: 'quiet_otter', password: 'a long and secret one' },
        gives: null,
        fails: ['owner_account', 'bad_login', 'busy'],
        body: LoginBody,
        bodyLimit: SMALL_BODY,
        rate: 'password',
      },
      async ({ ctx, body, caller }) => {
        await requireThemselves(house, caller, body)
        await removeAccount(house, caller.account)
        sessions.end(ctx)
        house.log.info({ account: caller.account.id }, 'somebody removed their account')
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/password',
        who: 'person',
        does: 'Changes the password and ends all other sessions.',
        example: { current: 'a long and secret one', next: 'another long and secret one' },
        gives: null,
        logged: 'a password was changed',
        fails: ['bad_login', 'busy'],
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

/** What cannot be undone needs more than a browser that is signed in. */
async function requireThemselves(
  { passwords }: House,
  { account }: SignedIn,
  { username, password }: { username: string; password: string },
): Promise<void> {
  if (account.owner) throw new CrossChatError('owner_account')
  if (handleOf(username) !== account.handle) {
    throw new CrossChatError('bad_request', { fields: { username: 'This is not the name of the account.' } })
  }
  if (!(await passwords.verify(password, account.passwordHash))) {
    throw new CrossChatError('bad_login', { message: 'The password is wrong. Nothing was removed.' })
  }
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
  // A socket that was opened with a copy of the old cookie is of the same session. Behind the answer, which brings the new one.
  ctx.res.once('close', () => hub.sessionChanged(sessionId))
}

/** A process that died between making the account and its channel left it without one; it is made here. */
function channelOf({ stores }: House, turns: Turns, account: Account): Promise<Channel> {
  return turns.take(
    REGISTERING,
    async () => (await stores.channels.byAccount(account.id)) ?? openChannel(stores, account),
  )
}
