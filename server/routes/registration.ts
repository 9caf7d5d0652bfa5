import type Koa from 'koa'
import { DoorAnswer, MeAnswer } from '../answers/account.ts'
import { type DoorView, type MeView, RegisterBody } from '../api/accounts.ts'
import { isLoopback } from '../auth/client.ts'
import { sameSecret } from '../auth/seal.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import type { Account, Channel } from '../stores/accounts.ts'
import type { Invite } from '../stores/members.ts'
import type { Turns } from '../turns.ts'
import { checkSeats, join, openInvite, use } from './invitation.ts'
import { meView } from './me.ts'
import { newAccount, openChannel } from './newcomer.ts'
import { type Route, route } from './route.ts'

/** One at a time: whoever is the first owns the instance. */
export const REGISTERING = 'register'

/** How a stranger comes in. */
export function registration(house: House, turns: Turns): Route[] {
  const { stores, sessions, passwords } = house
  return [
    route(
      { method: 'GET', path: '/api/auth', who: 'anyone', does: 'Says how one may come in.', gives: DoorAnswer },
      ({ ctx }) => doorFor(ctx, house),
    ),

    route(
      {
        method: 'POST',
        path: '/api/auth/register',
        who: 'anyone',
        does: 'Makes an account with its channel and signs in; with an invitation, also a member of another channel.',
        example: { username: 'quiet_otter', password: 'a long and secret one' },
        gives: MeAnswer,
        fails: ['name_taken', 'registration_closed', 'bad_setup_token', 'bad_invite', 'busy'],
        body: RegisterBody,
        bodyLimit: SMALL_BODY,
        status: 201,
        rate: 'register',
      },
      async ({ ctx, body }): Promise<MeView> => {
        await admitNewcomer(ctx, house, body)
        const passwordHash = await passwords.hash(body.password)
        // Checked again where nobody can come in between: two strangers at once must not both become the owner.
        const made = await turns.take(REGISTERING, async () => {
          const admitted = await admitNewcomer(ctx, house, body)
          const enter = ({ first, invite }: Newcomer) =>
            settle(house, newAccount(body.username, passwordHash, first), body.channel, invite)
          return enter(admitted).catch(async (error: unknown) => {
            // On another server somebody has become the owner in this moment: then this is a stranger like any.
            const late = admitted.first && error instanceof CrossChatError && error.code === 'busy'
            if (!late) throw error
            return enter(await admitNewcomer(ctx, house, body))
          })
        })
        await sessions.begin(ctx, made.account)
        return meView(stores, made)
      },
    ),
  ]
}

/** Keeps the account, its channel, and what its invitation gives. */
async function settle(
  { stores, log }: House,
  account: Account,
  name: string | undefined,
  invite: Invite | null,
): Promise<{ account: Account; channel: Channel }> {
  const open = async () => {
    await stores.accounts.insert(account)
    return { account, channel: await openChannel(stores, account, name) }
  }
  if (invite === null) return open()
  return use(stores, invite, async (taken) => {
    const made = await open()
    await join({ stores, log }, taken, account)
    return made
  })
}

interface Newcomer {
  /** Becomes the owner of the instance. */
  first: boolean
  invite: Invite | null
}
interface Asking {
  setupToken?: string | undefined
  invite?: string | undefined
}

/** Whether the newcomer will be the first, and what they were invited with. Throws `registration_closed`, `bad_invite`, `bad_setup_token`. */
async function admitNewcomer(
  ctx: Koa.Context,
  house: House,
  { setupToken = '', invite: token }: Asking,
): Promise<Newcomer> {
  const door = await doorFor(ctx, house)
  if (!door.first && door.registration === 'closed') throw new CrossChatError('registration_closed')
  if (!door.first && door.registration === 'invite' && token === undefined) {
    throw new CrossChatError('registration_closed', {
      message:
        'One registers here with an invitation. Ask whoever runs this instance, or the owner of a channel, for one.',
    })
  }
  if (door.setupToken && !sameSecret(setupToken, house.setupToken ?? '')) throw new CrossChatError('bad_setup_token')
  // An empty token opens nothing, also when the house has none to compare with.
  if (door.setupToken && house.setupToken === null) throw new CrossChatError('bad_setup_token')
  const invite = token === undefined ? null : await openInvite(house.stores, token)
  if (invite?.channelId) await checkSeats(house.stores.members, invite.channelId)
  return { first: door.first, invite }
}

async function doorFor(ctx: Koa.Context, { stores, settings }: House): Promise<DoorView> {
  // Of several servers, another one may just have closed it.
  const [accounts] = await Promise.all([stores.accounts.count(), settings.look()])
  const first = accounts === 0
  return { registration: settings.registration, first, setupToken: first && !isLoopback(ctx.req) }
}
