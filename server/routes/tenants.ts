import { pageOf } from '../answers/shapes.ts'
import { ResetLinkAnswer, TenantAnswer } from '../answers/tenant.ts'
import {
  type ChannelUse,
  RemoveAccountBody,
  type ResetLinkView,
  SuspendBody,
  type TenantView,
} from '../api/instance.ts'
import { PageQuery, type PageView } from '../api/shapes.ts'
import { linkBase } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Rates } from '../middleware/rate.ts'
import { storageOf } from '../storage-use.ts'
import type { Account, Channel } from '../stores/accounts.ts'
import { handleOf } from './newcomer.ts'
import { removeAccount } from './remove-account.ts'
import { type Route, route } from './route.ts'

const ACCOUNTS = '/api/instance/accounts'

/** All who have an account here, for the owner of the instance. */
export function tenants(house: House, rates: Rates): Route[] {
  const { stores, hub, webhooks, log } = house
  return [
    route(
      {
        method: 'GET',
        path: ACCOUNTS,
        who: 'owner',
        does: 'Lists accounts with their channels and what these use, oldest first.',
        query: PageQuery,
        gives: pageOf(TenantAnswer),
      },
      async ({ query }): Promise<PageView<TenantView>> => {
        const { items, next } = await stores.accounts.page(query.limit, query.cursor ?? null)
        const views: TenantView[] = []
        // One after the other: each looks at files.
        for (const account of items) views.push(await tenantView(house, rates, account))
        return { items: views, next }
      },
    ),

    route(
      {
        method: 'PATCH',
        path: `${ACCOUNTS}/:id`,
        who: 'owner',
        channelOf: runBy(house),
        does: 'Suspends an account, which signs it out everywhere and refuses its API keys and rests its webhooks, or lets it in again.',
        body: SuspendBody,
        example: { suspended: true },
        gives: TenantAnswer,
        fails: ['owner_account'],
        rate: 'change',
      },
      async ({ params, body }): Promise<TenantView> => {
        const { id } = await tenant(house, params.id)
        const changed = await stores.accounts.suspend(id, body.suspended ? Date.now() : null)
        if (changed === null) throw new CrossChatError('not_found')
        await stores.sessions.destroyOthers(id, null)
        hub.withdrawAccount(id, null)
        const channel = await stores.channels.byAccount(id)
        if (channel !== null) webhooks.suspended(channel.id, body.suspended)
        log.info({ account: id }, body.suspended ? 'an account was suspended' : 'an account was let in again')
        return tenantView(house, rates, changed)
      },
    ),

    route(
      {
        method: 'DELETE',
        path: `${ACCOUNTS}/:id`,
        who: 'owner',
        channelOf: runBy(house),
        does: 'Removes an account, its channel and all that is kept of it. Its name must be given.',
        body: RemoveAccountBody,
        example: { username: 'quiet_otter' },
        gives: null,
        fails: ['owner_account'],
        rate: 'change',
      },
      async ({ params, body }) => {
        const account = await tenant(house, params.id)
        if (handleOf(body.username) !== account.handle) {
          throw new CrossChatError('bad_request', { fields: { username: 'This is not the name of the account.' } })
        }
        await removeAccount(house, account)
        log.info({ account: account.id }, 'an account was removed')
      },
    ),

    route(
      {
        method: 'POST',
        path: `${ACCOUNTS}/:id/reset`,
        who: 'owner',
        does: 'Makes a link by which its person chooses a new password, once and within an hour. Until then the old one holds.',
        status: 201,
        gives: ResetLinkAnswer,
        fails: ['busy'],
        rate: 'change',
      },
      async ({ ctx, params }): Promise<ResetLinkView> => {
        const account = await anybody(house, params.id)
        const { token, until } = await house.resetLinks.make(account.id)
        log.info({ account: account.id }, 'a link for a new password was made')
        return { url: `${linkBase(house.config, ctx.req)}/admin/#/reset/${token}`, until }
      },
    ),
  ]
}

/** Whoever runs the account's channel lets go of what it follows, and delivers. */
function runBy({ stores }: House) {
  return async ({ id = '' }: Readonly<Record<string, string>>) => (await stores.channels.byAccount(id))?.id ?? null
}

async function anybody({ stores }: House, id = ''): Promise<Account> {
  const account = await stores.accounts.byId(id)
  if (account === null) throw new CrossChatError('not_found')
  return account
}

/** Anybody but the owner, who would lock the instance for good. */
async function tenant(house: House, id: string | undefined): Promise<Account> {
  const account = await anybody(house, id)
  if (account.owner) throw new CrossChatError('owner_account')
  return account
}

async function tenantView(house: House, rates: Rates, account: Account): Promise<TenantView> {
  const { id, username, owner, createdAt, seenAt = null, suspendedAt = null } = account
  const channel = await house.stores.channels.byAccount(id)
  return {
    id,
    username,
    owner,
    createdAt,
    seenAt,
    suspendedAt,
    channel: channel && { id: channel.id, name: channel.name },
    use: channel === null ? NOTHING : await useOf(house, rates, channel),
  }
}

const NOTHING: ChannelUse = { streams: 0, bytes: 0, oldest: null, overlays: 0, keys: 0, pushes: 0 }

async function useOf({ stores }: House, rates: Rates, { id }: Channel): Promise<ChannelUse> {
  const [kept, overlays, keys, pushes] = await Promise.all([
    storageOf(stores, id),
    stores.overlays.byChannel(id),
    stores.keys.byChannel(id),
    rates.used('produce', id),
  ])
  return { ...kept, overlays: overlays.length, keys: keys.length, pushes }
}
