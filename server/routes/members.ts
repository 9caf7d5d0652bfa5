import { MemberAnswer } from '../answers/account.ts'
import { listOf } from '../answers/shapes.ts'
import { type MemberView, RoleBody } from '../api/members.ts'
import type { Actor } from '../auth/actor.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import { type Route, route } from './route.ts'

/** Who works in a channel. */
export function members(house: House): Route[] {
  const { stores, hub, log } = house
  return [
    route(
      {
        method: 'GET',
        path: '/api/members',
        who: 'account',
        least: 'viewer',
        does: 'Lists who works in the channel, its owner first.',
        gives: listOf(MemberAnswer),
      },
      async ({ caller }): Promise<{ items: MemberView[] }> => ({ items: await memberViews(house, caller) }),
    ),

    route(
      {
        method: 'PATCH',
        path: '/api/members/:id',
        who: 'account',
        least: 'owner',
        does: 'Gives a member another role.',
        example: { role: 'viewer' },
        gives: MemberAnswer,
        body: RoleBody,
        bodyLimit: SMALL_BODY,
        rate: 'change',
      },
      async ({ caller, params: { id = '' }, body }): Promise<MemberView> => {
        const changed = await stores.members.setRole(caller.channel.id, id, body.role)
        if (changed === null) throw new CrossChatError('not_found')
        hub.memberChanged(caller.channel.id, id)
        log.info({ channel: caller.channel.id, account: id, role: body.role }, 'a member has another role')
        const [view] = (await memberViews(house, caller)).filter((each) => each.id === id)
        if (view === undefined) throw new CrossChatError('not_found')
        return view
      },
    ),

    // Before the one below, which would take `me` for an id.
    route(
      {
        method: 'DELETE',
        path: '/api/members/me',
        who: 'account',
        least: 'viewer',
        does: 'Leaves the channel.',
        gives: null,
        fails: ['bad_request'],
        rate: 'change',
      },
      async ({ caller }) => {
        if (caller.role === 'owner') {
          throw new CrossChatError('bad_request', { message: 'This is your own channel; nobody can leave their own.' })
        }
        await remove(house, caller.channel.id, caller.account.id)
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/members/:id',
        who: 'account',
        least: 'owner',
        does: 'Removes a member; their panels on the channel are closed at once.',
        gives: null,
        rate: 'change',
      },
      ({ caller, params }) => remove(house, caller.channel.id, params.id ?? ''),
    ),
  ]
}

async function remove({ stores, hub, log }: House, channelId: string, accountId: string): Promise<void> {
  if (!(await stores.members.remove(channelId, accountId))) throw new CrossChatError('not_found')
  hub.withdrawMember(channelId, accountId)
  log.info({ channel: channelId, account: accountId }, 'a member was removed, or left')
}

async function memberViews({ stores }: House, { account, channel }: Actor): Promise<MemberView[]> {
  const owner = { accountId: channel.accountId, role: 'owner' as const, since: channel.createdAt }
  const all = [owner, ...(await stores.members.byChannel(channel.id))]
  const accounts = await Promise.all(all.map(({ accountId }) => stores.accounts.byId(accountId)))
  return all.map(({ accountId: id, role, since }, at) => ({
    id,
    name: accounts[at]?.username ?? '',
    role,
    since,
    you: id === account.id,
  }))
}
