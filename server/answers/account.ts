import { z } from 'zod'
import type { AccountView, DoorView, MeView, SessionView } from '../api/accounts.ts'
import type { InvitedView, InviteView, MemberView } from '../api/members.ts'
import { id, moment } from './shapes.ts'

/** People: who they are, where they are signed in, and who works with whom. */

const account = z.object({
  id,
  username: z.string(),
  owner: z.boolean().describe('Of the instance.'),
  createdAt: moment,
}) satisfies z.ZodType<AccountView>

const role = z.enum(['viewer', 'moderator', 'owner'])
const memberRole = z.enum(['viewer', 'moderator']).nullable().describe('Null = it only lets somebody register.')

export const MeAnswer = z
  .object({
    account: account.meta({ id: 'Account' }),
    channel: z.object({ id, name: z.string() }).describe('Their own.'),
    channels: z.array(z.object({ id, name: z.string(), role })).describe('All that they work in, their own first.'),
  })
  .meta({ id: 'Me' }) satisfies z.ZodType<MeView>

export const DoorAnswer = z.object({
  registration: z.enum(['open', 'invite', 'closed']),
  first: z.boolean().describe('No account exists: whoever registers now owns the instance.'),
  setupToken: z.boolean().describe('The first account needs the set-up token.'),
}) satisfies z.ZodType<DoorView>

export const SessionAnswer = z
  .object({
    id,
    current: z.boolean().describe('The one that asks.'),
    since: moment,
    seenAt: moment,
    browser: z.string().describe('In words; empty = not known.'),
  })
  .meta({ id: 'Session' }) satisfies z.ZodType<SessionView>

export const MemberAnswer = z
  .object({ id, name: z.string(), role, since: moment, you: z.boolean() })
  .meta({ id: 'Member' }) satisfies z.ZodType<MemberView>

export const InviteAnswer = z
  .object({
    id,
    role: memberRole,
    name: z.string(),
    createdAt: moment,
    expiresAt: moment,
    url: z.string().exactOptional().describe('Only in the answer that makes it.'),
  })
  .meta({ id: 'Invite' }) satisfies z.ZodType<InviteView>

export const InvitedAnswer = z.object({
  channel: z.string().nullable(),
  role: memberRole,
  by: z.string(),
  expiresAt: moment,
}) satisfies z.ZodType<InvitedView>
