import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Account, Channel } from '../stores/accounts.ts'

const PAGE = 200

/**
 * Removes an account, its channel, and all that is kept of it. The doors are shut first, and the account itself goes last:
 * should this break off, it is found again and removed the rest of the way.
 */
export async function removeAccount(house: House, account: Account): Promise<void> {
  const { stores, hub, resetLinks } = house
  if ((await stores.accounts.suspend(account.id, Date.now())) === null) throw new CrossChatError('not_found')
  await stores.sessions.destroyOthers(account.id, null)
  hub.withdrawAccount(account.id, null)
  await resetLinks.forget(account.id)
  for (const { channelId } of await stores.members.byAccount(account.id)) {
    await stores.members.remove(channelId, account.id)
  }
  const channel = await stores.channels.byAccount(account.id)
  if (channel !== null) await removeChannel(house, channel)
  await stores.accounts.remove(account.id)
}

async function removeChannel(house: House, { id }: Channel): Promise<void> {
  const { stores } = house
  for (const { platform, channel } of house.sources.list(id)) {
    if (channel !== null) await house.sources.remove(id, platform)
  }
  await shutDoors(house, id)
  if (house.streams.state(id).live) await house.streams.end(id, true)
  for (const deleted of [false, true]) await removeStreams(house, id, deleted)
  await house.stage.feature(id, null)
  await house.stage.panic(id, false)
  await house.stage.slow(id, false)
  for (const { platform, authorId } of await stores.people.byChannel(id)) {
    await stores.people.remove(id, platform, authorId)
  }
  await stores.deeds.forget(id)
  await stores.rulesHistory.forget(id)
  await stores.erasures.forget(id)
  await stores.channels.remove(id)
}

/** Everything by which somebody or something is let into the channel. */
async function shutDoors({ stores, hub, previews, webhooks }: House, id: string): Promise<void> {
  for (const webhook of webhooks.list(id)) await webhooks.remove(id, webhook.id)
  for (const key of await stores.keys.byChannel(id)) await stores.keys.remove(id, key.id)
  for (const invite of await stores.invites.open(id)) await stores.invites.remove(id, invite.id)
  for (const { accountId } of await stores.members.byChannel(id)) {
    await stores.members.remove(id, accountId)
    hub.withdrawMember(id, accountId)
  }
  for (const dock of await stores.docks.byChannel(id)) {
    await stores.docks.remove(dock.id)
    hub.withdrawDock(id, dock.id)
  }
  for (const overlay of await stores.overlays.byChannel(id)) {
    await stores.overlays.remove(overlay.id)
    await stores.looks.forget(overlay.id)
    previews.withdraw(overlay.id)
    hub.withdrawOverlay(id, overlay.id)
  }
}

/** The transcript before its record, as always. */
async function removeStreams({ stores }: House, channelId: string, deleted: boolean): Promise<void> {
  for (;;) {
    const { items } = await stores.streams.page(channelId, PAGE, null, deleted)
    if (items.length === 0) return
    for (const stream of items) {
      await stores.archive.remove(stream.id)
      await stores.moments.forget(stream.id)
      await stores.streams.remove(stream.id)
    }
  }
}
