import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import type Koa from 'koa'
import { InstanceAnswer, InstanceSettingsAnswer, sourceState } from '../answers/instance.ts'
import {
  type AddressesView,
  type ConnectorView,
  InstanceSettingsBody,
  type InstanceSettingsView,
  type InstanceView,
  OfNodeQuery,
} from '../api/instance.ts'
import { linkBase } from '../auth/addresses.ts'
import type { House } from '../house.ts'
import { LIMITS } from '../middleware/rate.ts'
import { residentBytes } from '../resident.ts'
import { SETTINGS } from '../settings.ts'
import { lastBackup } from '../stores/backup/last.ts'
import { VERSION } from '../version.ts'
import { MAX_KEYS } from './keys.ts'
import { ofNode } from './nodes.ts'
import { MAX_OVERLAYS } from './overlays.ts'
import { type Route, route } from './route.ts'

/** The instance as a whole, for its owner. */
export function instance(house: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/instance',
        who: 'owner',
        does: 'Says how the instance is.',
        query: OfNodeQuery,
        ofNode: true,
        gives: InstanceAnswer,
      },
      ({ ctx }) => instanceView(house, ctx),
    ),

    route(
      {
        method: 'PATCH',
        path: '/api/instance/settings',
        who: 'owner',
        does: 'Changes who may register, and what each channel may keep. 409 `registration_fixed` where the environment says it.',
        body: InstanceSettingsBody,
        example: { registration: 'invite' },
        gives: InstanceSettingsAnswer,
        fails: ['registration_fixed'],
        rate: 'change',
      },
      async ({ body }): Promise<InstanceSettingsView> => {
        const { registration, channelBytes } = body
        await house.settings.change({
          ...(registration !== undefined && { registration }),
          ...(channelBytes !== undefined && { channelBytes }),
        })
        return settingsView(house)
      },
    ),
  ]
}

async function instanceView(house: House, ctx: Koa.Context): Promise<InstanceView> {
  const { stores, config } = house
  const { used_heap_size: heapUsed, external_memory: external } = getHeapStatistics()
  const [accounts, live] = await Promise.all([
    stores.accounts.count(),
    stores.streams.live(),
    // What was changed on another server is shown here, too.
    house.settings.look(),
  ])
  return {
    ...ofNode(house),
    version: VERSION,
    uptime: Math.floor(process.uptime()),
    memory: { rss: residentBytes(), heapUsed, external },
    accounts,
    liveStreams: live.length,
    unready: house.unready(),
    disk: await diskOf(config.dataDir),
    store: config.databaseUrl === null ? 'folder' : 'database',
    folder: resolve(config.dataDir),
    backup: await lastBackup(resolve(config.dataDir)),
    platforms: await connectors(house),
    settings: settingsView(house),
    addresses: addressesView(house, ctx),
  }
}

function settingsView({ settings }: House): InstanceSettingsView {
  return {
    registration: settings.registration,
    registrationFrom: settings.registrationFixed ? SETTINGS.registration.env : null,
    limits: {
      bytes: settings.channelBytes,
      overlays: MAX_OVERLAYS,
      keys: MAX_KEYS,
      pushes: LIMITS.produce.points / LIMITS.produce.seconds,
    },
  }
}

function addressesView({ config }: House, ctx: Koa.Context): AddressesView {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return {
    listening: `${host}:${ctx.req.socket.localPort}`,
    printed: linkBase(config, ctx.req),
    origins: [...config.publicUrls],
  }
}

/** A system that does not say how full its disks are is no reason to say nothing at all. */
async function diskOf(folder: string): Promise<InstanceView['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return { free: bavail * bsize, total: blocks * bsize }
  } catch {
    return null
  }
}

/** What is switched off runs nowhere; all else, wherever it runs. */
async function connectors({ stores, nodes, line }: House): Promise<ConnectorView[]> {
  const off = (await stores.sources.all()).filter(({ enabled }) => !enabled)
  const told = nodes.all().flatMap(({ silent, platforms }) => (silent ? [] : platforms))
  return line.platforms().map(({ id, label }) => {
    const view: ConnectorView = { platform: id, label, states: {}, lastEventAt: null }
    add(view.states, 'off', off.filter(({ platform }) => platform === id).length)
    for (const { states, lastEventAt } of told.filter(({ platform }) => platform === id)) {
      for (const state of sourceState.options) add(view.states, state, states[state] ?? 0)
      if (lastEventAt !== null) view.lastEventAt = Math.max(view.lastEventAt ?? 0, lastEventAt)
    }
    return view
  })
}

function add(states: ConnectorView['states'], state: keyof ConnectorView['states'], count: number): void {
  if (count > 0) states[state] = (states[state] ?? 0) + count
}
