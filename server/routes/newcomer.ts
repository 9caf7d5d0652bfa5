import { NO_RULES } from '../../workers/ruled.ts'
import { newId } from '../auth/ids.ts'
import { DEFAULT_SETTINGS } from '../look-defaults.ts'
import type { Account, Channel } from '../stores/accounts.ts'
import type { Overlay } from '../stores/overlays.ts'
import type { Stores } from '../stores/stores.ts'

const FIRST_OVERLAY = 'Main'

/** What makes two user names the same name. */
export function handleOf(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase()
}

export function newAccount(username: string, passwordHash: string, owner: boolean): Account {
  const createdAt = Date.now()
  return { id: newId(), username, handle: handleOf(username), passwordHash, owner, sessionEpoch: 1, createdAt }
}

export function newOverlay(channelId: string, name: string, settings: Partial<Overlay['settings']> = {}): Overlay {
  return {
    id: newId(),
    channelId,
    name,
    settings: { theme: DEFAULT_SETTINGS.theme, ...settings },
    keyVersion: 1,
    createdAt: Date.now(),
  }
}

/** An account's channel with its first overlay, so that there is an address for OBS from the first minute. */
export async function openChannel(stores: Stores, account: Account, name = account.username): Promise<Channel> {
  const channel = { id: newId(), accountId: account.id, name, rules: { ...NO_RULES }, createdAt: Date.now() }
  await stores.channels.insert(channel)
  await stores.overlays.insert(newOverlay(channel.id, FIRST_OVERLAY))
  return channel
}
