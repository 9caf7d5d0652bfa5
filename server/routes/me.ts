import type { MeView, WorkplaceView } from '../api/accounts.ts'
import type { Account, Channel } from '../stores/accounts.ts'
import type { Stores } from '../stores/stores.ts'

/** Whoever is signed in, with all that they work in. */
export async function meView(
  { members, channels }: Pick<Stores, 'members' | 'channels'>,
  { account, channel: { id, name } }: { account: Account; channel: Channel },
): Promise<MeView> {
  const places: WorkplaceView[] = [{ id, name, role: 'owner' }]
  for (const { channelId, role } of await members.byAccount(account.id)) {
    const channel = await channels.byId(channelId)
    if (channel !== null) places.push({ id: channel.id, name: channel.name, role })
  }
  const { username, owner, createdAt } = account
  return { account: { id: account.id, username, owner, createdAt }, channel: { id, name }, channels: places }
}
