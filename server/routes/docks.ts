import type Koa from 'koa'
import { DockAnswer } from '../answers/overlay.ts'
import { listOf } from '../answers/shapes.ts'
import { CreateDockBody, type DockView } from '../api/overlays.ts'
import { linkBase } from '../auth/addresses.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Dock } from '../stores/overlays.ts'
import { Turns } from '../turns.ts'
import { type Route, route } from './route.ts'

export const MAX_DOCKS = 50

/** Docks, what they may do, and their keys. */
export function docks(house: House): Route[] {
  const { stores, hub } = house
  const turns = new Turns()
  const view = (ctx: Koa.Context, dock: Dock) => dockView(house, ctx, dock)

  return [
    route(
      {
        method: 'GET',
        path: '/api/docks',
        who: 'account',
        least: 'owner',
        does: 'Lists docks.',
        gives: listOf(DockAnswer),
      },
      async ({ ctx, caller }): Promise<{ items: DockView[] }> => {
        const all = await stores.docks.byChannel(caller.channel.id)
        return { items: all.map((dock) => view(ctx, dock)) }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/docks',
        who: 'account',
        least: 'owner',
        does: 'Makes a dock.',
        example: { name: 'Side screen', scope: 'moderate' },
        gives: DockAnswer,
        body: CreateDockBody,
        status: 201,
        rate: 'change',
      },
      ({ ctx, caller, body }) =>
        turns.take(caller.channel.id, async () => {
          const all = await stores.docks.byChannel(caller.channel.id)
          if (all.length >= MAX_DOCKS) {
            throw new CrossChatError('bad_request', { message: `A channel has at most ${MAX_DOCKS} docks.` })
          }
          const dock = { id: newId(), channelId: caller.channel.id, ...body, keyVersion: 1, createdAt: Date.now() }
          await stores.docks.insert(dock)
          return view(ctx, dock)
        }),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/docks/:id',
        who: 'account',
        least: 'owner',
        does: 'Deletes a dock; its key is dead.',
        gives: null,
        rate: 'change',
      },
      async ({ caller, params }) => {
        const dock = await ownDock(house, caller.channel, params.id)
        await stores.docks.remove(dock.id)
        hub.withdrawDock(caller.channel.id, dock.id)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/docks/:id/rotate',
        who: 'account',
        least: 'owner',
        does: 'Gives the dock a new key; the old one is dead and its sockets are closed.',
        gives: DockAnswer,
        logged: 'a key was rotated',
        rate: 'change',
      },
      async ({ ctx, caller, params }) => {
        const dock = await ownDock(house, caller.channel, params.id)
        const changed = await stores.docks.raiseKeyVersion(dock.id)
        if (changed === null) throw new CrossChatError('not_found')
        hub.withdrawDock(caller.channel.id, dock.id)
        return view(ctx, changed)
      },
    ),
  ]
}

/** A dock of this channel; an unknown id and another's id are the same nothing. */
async function ownDock({ stores }: House, channel: Channel, id = ''): Promise<Dock> {
  const dock = await stores.docks.byId(id)
  if (dock === null || dock.channelId !== channel.id) throw new CrossChatError('not_found')
  return dock
}

function dockView({ config, dockKeys, hub }: House, ctx: Koa.Context, dock: Dock): DockView {
  const { id, name, scope, createdAt, channelId } = dock
  const clients = hub.docks(channelId).filter((client) => client.dock === id)
  const [base, key] = [linkBase(config, ctx.req), dockKeys.keyOf(dock)]
  const controlUrl = scope === 'control' ? `${base}/dock?view=control#${key}` : null
  return { id, name, scope, url: `${base}/dock#${key}`, controlUrl, clients, createdAt }
}
