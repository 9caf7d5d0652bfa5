import type { InvitedView, InviteView, MemberView, MeView } from '../../server/api.ts'
import type { ChannelRole } from '../../server/protocol.ts'
import type { Call } from './call.ts'

/** Who works with whom. */

export const memberCalls = (call: Call) => ({
  members: () => call<{ items: MemberView[] }>('GET', '/api/members'),
  setRole: (id: string, role: ChannelRole) => call<MemberView>('PATCH', `/api/members/${id}`, { role }),
  removeMember: (id: string) => call<void>('DELETE', `/api/members/${id}`),
  leaveChannel: () => call<void>('DELETE', '/api/members/me'),
  invites: () => call<{ items: InviteView[] }>('GET', '/api/invites'),
  invite: (body: { role: ChannelRole; name: string }) => call<InviteView>('POST', '/api/invites', body),
  revokeInvite: (id: string) => call<void>('DELETE', `/api/invites/${id}`),
  lookAtInvite: (token: string) => call<InvitedView>('POST', '/api/invites/look', { token }),
  acceptInvite: (token: string) => call<MeView>('POST', '/api/invites/accept', { token }),
})
