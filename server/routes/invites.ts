import { InviteAnswer, InvitedAnswer, MeAnswer } from '../answers/account.ts'
import { listOf } from '../answers/shapes.ts'
import type { MeView } from '../api/accounts.ts'
import { CreateInviteBody, InstanceInviteBody, type InvitedView, type InviteView, TokenBody } from '../api/members.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import { Turns } from '../turns.ts'
import { checkRoom, invite, inviteView, join, openInvite, use } from './invitation.ts'
import { meView } from './me.ts'
import { type Route, route } from './route.ts'

const INSTANCE = 'instance'

/** Links that let somebody in: into a channel as a member, or only into the instance. */
export function invites(house: House): Route[] {
  const { stores } = house
  const turns = new Turns()
  return [
    route(
      {
        method: 'GET',
        path: '/api/invites',
        who: 'account',
        least: 'owner',
        does: 'Lists open invitations to the channel.',
        gives: listOf(InviteAnswer),
      },
      async ({ caller }): Promise<{ items: InviteView[] }> => ({
        items: (await stores.invites.open(caller.channel.id)).map(inviteView),
      }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/invites',
        who: 'account',
        least: 'owner',
        does: 'Makes an invitation to the channel, for one person, for seven days; the answer is the only place where its link stands.',
        example: { role: 'moderator', name: 'the badger' },
        gives: InviteAnswer,
        body: CreateInviteBody,
        bodyLimit: SMALL_BODY,
        status: 201,
        rate: 'change',
      },
      ({ ctx, caller: { account, channel }, body: { role, name = '' } }) =>
        turns.take(channel.id, () => invite(house, ctx, { channelId: channel.id, role, name, by: account.id })),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/invites/:id',
        who: 'account',
        least: 'owner',
        does: 'Takes an invitation back; its link is dead.',
        gives: null,
        rate: 'change',
      },
      async ({ caller, params }) => {
        if (!(await stores.invites.remove(caller.channel.id, params.id ?? ''))) throw new CrossChatError('not_found')
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/invites/look',
        who: 'anyone',
        does: 'Says what an invitation opens, without using it.',
        example: { token: 'the last part of the invitation’s link' },
        gives: InvitedAnswer,
        fails: ['bad_invite'],
        body: TokenBody,
        bodyLimit: SMALL_BODY,
        rate: 'invite',
      },
      async ({ body }): Promise<InvitedView> => {
        const { channelId, role, by, expiresAt } = await openInvite(stores, body.token)
        const channel = channelId === null ? null : await stores.channels.byId(channelId)
        const inviter = await stores.accounts.byId(by)
        return { channel: channel?.name ?? null, role, by: inviter?.username ?? '', expiresAt }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/invites/accept',
        who: 'person',
        does: 'Makes whoever is signed in a member of the channel; the invitation is used up.',
        example: { token: 'the last part of the invitation’s link' },
        gives: MeAnswer,
        fails: ['bad_invite', 'member_already'],
        body: TokenBody,
        bodyLimit: SMALL_BODY,
        rate: 'invite',
      },
      async ({ caller, body }): Promise<MeView> => {
        const open = await openInvite(stores, body.token)
        await turns.take(open.channelId ?? INSTANCE, async () => {
          await checkRoom(stores, open, caller.account)
          await use(stores, open, (taken) => join(house, taken, caller.account))
        })
        return meView(stores, caller)
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/instance/invites',
        who: 'owner',
        does: 'Lists open invitations to register.',
        gives: listOf(InviteAnswer),
      },
      async (): Promise<{ items: InviteView[] }> => ({ items: (await stores.invites.open(null)).map(inviteView) }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/instance/invites',
        who: 'owner',
        does: 'Makes an invitation to register here, with a channel of their own and a part in no other.',
        example: { name: 'the heron' },
        gives: InviteAnswer,
        body: InstanceInviteBody,
        bodyLimit: SMALL_BODY,
        status: 201,
        rate: 'change',
      },
      ({ ctx, caller: { account }, body: { name = '' } }) =>
        turns.take(INSTANCE, () => invite(house, ctx, { channelId: null, role: null, name, by: account.id })),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/instance/invites/:id',
        who: 'owner',
        does: 'Takes an invitation to register back.',
        gives: null,
        rate: 'change',
      },
      async ({ params }) => {
        if (!(await stores.invites.remove(null, params.id ?? ''))) throw new CrossChatError('not_found')
      },
    ),
  ]
}
