import { newId, newSecret } from '../../../server/auth/ids.ts'
import type { Vault } from '../../../server/auth/vault.ts'
import { newAccount, newOverlay, openChannel } from '../../../server/routes/newcomer.ts'
import type { Account, Channel } from '../../../server/stores/accounts.ts'
import type { Stores } from '../../../server/stores/stores.ts'
import { NO_RULES } from '../../../workers/ruled.ts'
import { messageOf } from '../../workers/archive/events.ts'

/** Something of everything that an installation holds beside its transcripts. */

export const HOOK_SECRET = 'a hook secret that must come over sealed'
const PEOPLE_OF_A_CHANNEL = 30
const DEEDS_OF_A_CHANNEL = 100
const SESSIONS_OF_AN_ACCOUNT = 3
const DAY_MS = 86_400_000
/** Of nobody who signs in. */
const HASH = '$2b$10$abcdefghijklmnopqrstuuRqU5u9E2jVbCqCq3mR1nYk3rQpZ0w1K'

/** An account with its channel, and somebody else who works in it. */
export async function writeTenant(stores: Stores, vault: Vault, nth: number): Promise<Channel> {
  const account = newAccount(`sample_streamer_${nth}`, HASH, nth === 0)
  const helper = newAccount(`Mossy_Otter_${nth}`, HASH, false)
  for (const each of [account, helper]) {
    await stores.accounts.insert(each)
    await writeSessions(stores, each)
  }
  const channel = await openChannel(stores, account, `O'Mira "$1" 💚 ${nth}`)
  const rules = { ...NO_RULES, words: ['turnip', '$where', '__proto__', 'line\u2028break'], bots: true }
  await stores.channels.setRules(channel.id, rules)
  await writeMembers(stores, channel.id, helper)
  await writePages(stores, channel.id)
  await writePrograms(stores, vault, channel.id)
  await writeModeration(stores, channel.id, account)
  return channel
}

async function writeSessions(stores: Stores, { id }: Account): Promise<void> {
  for (let nth = 0; nth < SESSIONS_OF_AN_ACCOUNT; nth++)
    await stores.sessions.set({ id: newSecret(), data: { accountId: id, 'a.b': nth }, expiresAt: Date.now() + DAY_MS })
  const gone = newSecret()
  await stores.sessions.set({ id: gone, data: { accountId: id }, expiresAt: Date.now() + DAY_MS })
  await stores.sessions.destroy(gone)
}

async function writeMembers({ members, invites }: Stores, channelId: string, helper: Account): Promise<void> {
  await members.insert({ channelId, accountId: helper.id, role: 'moderator', since: Date.now() })
  const times = { createdAt: Date.now(), expiresAt: Date.now() + DAY_MS }
  for (const to of [channelId, null])
    await invites.insert({
      ...{ id: newId(), digest: newSecret(), channelId: to, role: to === null ? null : 'viewer' },
      ...{ name: 'Zoë', by: helper.id, ...times },
    })
}

async function writePages({ overlays, looks, docks }: Stores, channelId: string): Promise<void> {
  const second = newOverlay(channelId, 'Second 💚')
  await overlays.insert(second)
  await overlays.raiseKeyVersion(second.id)
  const { id, settings } = second
  await looks.putDraft({ id, channelId, settings, revision: 3, changedAt: Date.now() })
  await looks.addVersion({ id: newId(), overlayId: id, channelId, settings, publishedAt: Date.now() })
  await docks.insert({ id: newId(), channelId, name: 'Desk', scope: 'moderate', keyVersion: 1, createdAt: Date.now() })
}

async function writePrograms({ keys, webhooks, sources }: Stores, vault: Vault, channelId: string): Promise<void> {
  const createdAt = Date.now()
  const key = { id: newId(), channelId, name: 'a bot', digest: newSecret(), createdAt, lastUsedAt: null }
  await keys.insert({ ...key, scopes: ['produce'] })
  const webhook = { id: newId(), channelId, name: 'a bot', url: 'https://bot.example/hook', createdAt }
  // Paused: a server that is started on it sends nothing.
  const quiet = { retiring: null, paused: 'hand' as const, secret: vault.lock(HOOK_SECRET) }
  await webhooks.put({ ...webhook, ...quiet, events: ['message', 'stream'] })
  await webhooks.keepWaiting({ id: webhook.id, texts: ['{"type":"message"}', '{"type":"stream"}'], count: 2 })
  await sources.put({
    ...{ channelId, platform: 'twitch', name: 'cool_channel', enabled: false, autoStream: true, createdAt },
    ...{ options: { mode: 'irc' }, secrets: { secret: vault.lock(HOOK_SECRET) }, facts: { id: '1', title: 'Zoë' } },
    broadcast: null,
  })
}

async function writeModeration(stores: Stores, channelId: string, account: Account): Promise<void> {
  const { people, deeds, rulesHistory, erasures, stages } = stores
  const by = { kind: 'account' as const, id: account.id, name: account.username }
  for (let nth = 0; nth < PEOPLE_OF_A_CHANNEL; nth++) {
    const person = { channelId, platform: 'twitch', authorId: String(nth), name: `Noodle_${nth}` }
    await people.add({ ...person, note: 'ß', at: nth, by, until: nth % 3 === 0 ? Date.now() + DAY_MS : null })
  }
  for (let nth = 0; nth < DEEDS_OF_A_CHANNEL; nth++) {
    const target = { platform: 'twitch', authorId: String(nth % PEOPLE_OF_A_CHANNEL) }
    const what = nth % 2 === 0 ? ('hidePerson' as const) : ('showPerson' as const)
    const deed = { id: newId(), channelId, at: Date.now(), by, what, target, author: `Noodle_${nth}` }
    await deeds.add({ ...deed, text: 'said "so"', undoes: null, undoneBy: null })
  }
  await rulesHistory.push({ id: newId(), channelId, at: Date.now(), rules: NO_RULES })
  await erasures.put({
    ...{ id: newId(), channelId, platform: 'twitch', authorId: '', names: [], startedAt: 1, finishedAt: 2 },
    ...{ round: 2 as const, after: '', done: 4, total: 4, events: 9 },
  })
  await stages.put(channelId, { panic: false, slow: true, featured: messageOf({ seq: 1, text: '\u0000 \ud800 💚' }) })
}
