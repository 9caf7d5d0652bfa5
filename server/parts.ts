import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Archivist } from './archivist.ts'
import { isSecure } from './auth/addresses.ts'
import { forwardClock } from './auth/forward-clock.ts'
import { HookKeys } from './auth/hook-keys.ts'
import { DockKeys, OverlayKeys, PreviewKeys } from './auth/keys.ts'
import { Nonces } from './auth/nonces.ts'
import { Passwords } from './auth/passwords.ts'
import { ResetLinks } from './auth/reset-links.ts'
import { Seal } from './auth/seal.ts'
import { openSecrets } from './auth/secret.ts'
import { PanelSessions } from './auth/sessions.ts'
import { Vault } from './auth/vault.ts'
import { AutoStreams, GRACE_MS } from './auto-streams.ts'
import { MemoryBus } from './bus/memory.ts'
import { Canary } from './canary.ts'
import { Crowd } from './channels/crowd.ts'
import { HeldBack } from './channels/held.ts'
import { Hub } from './channels/hub.ts'
import { Previews } from './channels/previews.ts'
import { SessionWatch } from './channels/session-watch.ts'
import { shownBefore } from './channels/shown-before.ts'
import { StageHands } from './channels/stage.ts'
import type { UpgradeParts } from './channels/upgrade.ts'
import { WrongKeys } from './channels/wrong-keys.ts'
import { type Config, outsideOf } from './config.ts'
import { Drain } from './drain.ts'
import { Engine } from './engine.ts'
import { Erasing } from './erasures.ts'
import { Expiry } from './expiry.ts'
import { Heartbeat } from './heartbeat.ts'
import { Homes } from './homes/homes.ts'
import { openShared, type Shared } from './homes/open.ts'
import { Passes } from './homes/pass.ts'
import { forgetEverywhere, obey, SharedHub, SharedPreviews } from './homes/shared-hub.ts'
import type { SharedState } from './homes/state.ts'
import type { House } from './house.ts'
import { Ingest } from './ingest.ts'
import { InstanceSettings } from './instance-settings.ts'
import { KEEP_EVERY_MS, KeptMarks } from './kept-marks.ts'
import { Duty } from './leases/duty.ts'
import { Lifting } from './lifting.ts'
import { Line } from './line.ts'
import type { Log } from './log.ts'
import type { LogTail } from './log-tail.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { Pace } from './pace.ts'
import { Quarantine } from './quarantine.ts'
import { lifted } from './routes/lifted.ts'
import { Runs } from './runs.ts'
import type { Slice } from './slice.ts'
import { Sources } from './sources.ts'
import { requireRoom } from './storage-use.ts'
import type { Person } from './stores/erasures.ts'
import { driverOf, openStores } from './stores/index.ts'
import { LiveStreams } from './streams.ts'
import { summarise } from './summaries.ts'
import { Webhooks } from './webhooks/webhooks.ts'

const SETUP_TOKEN_BYTES = 16

/** Every part of one CrossChat, made once. */
export interface Parts {
  house: House
  ingest: Ingest
  hub: Hub
  /** What sockets and event streams are let in with. */
  upgrade: UpgradeParts
  /** Where it listens: other nodes reach it there. */
  listens(address: string): void
  /** Not ready from now on, and still at work. */
  leave(): void
  /** Stops all of it, in the order in which nothing accepted is lost. */
  close(): Promise<void>
}

/** What a CrossChat stands on. */
export interface Ground {
  config: Config
  log: Log
  logTail: LogTail
  /** Lines of the log that nobody read in time, so far. */
  droppedLines(): number
  /** Names the build of the pages. */
  build: string
  /** The environment says who may register. */
  registrationFixed: boolean
}

/** Opens what is kept, starts the line, and takes up the streams that were live. */
export async function openParts(ground: Ground): Promise<Parts> {
  const { config, log, logTail, build, registrationFixed } = ground
  const metrics = createMetrics()
  const clock = forwardClock()
  const stores = await openStores({
    ...driverOf(config.databaseUrl),
    dataDir: config.dataDir,
    log,
    now: clock,
    synced: (ms) => metrics.archiveFsyncSeconds.observe(ms / 1_000),
  })
  const secrets = await openSecrets(config.secrets, config.dataDir).catch(async (error: unknown) => {
    await stores.close()
    throw error
  })
  const seal = new Seal(secrets)
  const settings = await InstanceSettings.open(stores.instance, {
    registration: config.registration,
    fixed: registrationFixed,
  })
  const passwords = new Passwords()
  const pace = new Pace()
  const overlayKeys = new OverlayKeys(seal)
  const previewKeys = new PreviewKeys(seal)
  const dockKeys = new DockKeys(seal)
  const hookKeys = new HookKeys(seal)
  const vault = new Vault(seal)
  const heartbeat = new Heartbeat(config.dataDir, log)
  const sessions = new PanelSessions(stores, seal, isSecure(config), clock)

  let address = config.nodeUrl ?? ''
  const shared = await shareWith(config.redisUrl, seal, log, () => address).catch(async (error: unknown) => {
    await stores.close()
    throw error
  })
  const bus = shared?.bus ?? new MemoryBus()
  const archivist = new Archivist(stores.archive, log, metrics)
  const dispatch = (slice: Slice) => {
    archivist.take(slice)
    bus.publish(slice)
  }
  const drain = new Drain(() => ({ note: (record) => ingest.note(record), dispatch }), log)
  const quarantine = new Quarantine(config.dataDir, log)
  const outside = { settings: outsideOf(config), haste: config.haste, cacheDir: join(config.dataDir, 'cache') }
  const ingest: Ingest = new Ingest({
    ringBytes: config.queueBytes,
    outside,
    follower: drain,
    quarantine,
    log,
    metrics,
  })
  const marks = new KeptMarks(config.dataDir, log, (channelId, seq) => archivist.unsettled(channelId, seq))
  const line = new Line(ingest, archivist, stores, marks, metrics)
  const held = new HeldBack({ platforms: () => ingest.platforms, now: Date.now, steady: () => performance.now() })
  const streams = new LiveStreams(stores, archivist, line)
  streams.room = (channelId) => requireRoom(stores, channelId, settings.channelBytes)
  const open = (channelId: string) => line.open(channelId)
  /** Set when several nodes share the channels. */
  let homes: Homes | null = null
  const sources = new Sources({ store: stores.sources, ingest, open, archivist, vault, hookKeys, log, metrics })
  const runs = new Runs(ingest, open)
  const stage = await StageHands.open({ store: stores.stages, platforms: () => ingest.platforms, log })
  /** Of a channel that is run here. */
  const stateHere = (channelId: string): SharedState => ({
    stream: {
      ...streams.state(channelId),
      messages: streams.messagesOf(channelId),
      lastAt: streams.lastAt(channelId),
    },
    stage: stage.of(channelId),
    sources: sources.list(channelId),
    held: held.count(channelId),
  })
  const stateOf = (channelId: string) => homes?.stateOf(channelId) ?? null
  const hub = new Hub(
    {
      stream: (channelId) => stateOf(channelId)?.stream ?? stateHere(channelId).stream,
      stage: (channelId) => stateOf(channelId)?.stage ?? stage.of(channelId),
      platforms: () => ingest.platforms,
      sources: (channelId) => stateOf(channelId)?.sources ?? sources.list(channelId),
      held: (channelId) => stateOf(channelId)?.held ?? held.count(channelId),
      ...(shared !== null && { elsewhere: (channelId: string) => shared.sockets.of(channelId).overlays }),
      build,
      idle: (channelId) => {
        if (sources.follows(channelId)) return false
        const entry = ingest.channel(channelId)
        if (entry !== undefined) void marks.keep(entry)
        ingest.close(channelId)
        homes?.idle(channelId)
        return true
      },
    },
    ingest,
    metrics,
  )
  const lifting = new Lifting({
    stores,
    log,
    // What it tells the chat goes in at its home.
    mine: async (channelId) => homes === null || (await homes.elsewhere(channelId).catch(unknownHome)) === null,
    lifted: (person) => lifted({ stores, line, log, hub: hubDoor, webhooks }, person),
  })
  /** The sockets of all nodes. */
  const hubDoor =
    shared === null
      ? hub
      : new SharedHub(
          hub,
          (channelId) => shared.sockets.of(channelId),
          (text) => bus.shout(text),
        )
  const watch = new SessionWatch({ hub, sessions, accounts: stores.accounts, log })
  /** Nodes of which each keeps a store of its own do for it all that there is to do. */
  const dutyOf = (name: string) => {
    if (shared === null || config.databaseUrl === null) return {}
    const duty = new Duty(shared.leases, name, log)
    return { mine: () => duty.mine() }
  }
  const forgetHere = (channelId: string, person: Person) => {
    hub.erase(channelId, person.platform, person.authorId)
    held.erase(channelId, person.platform, person.authorId)
    webhooks.erase(channelId, person)
  }
  const erasures = new Erasing({
    stores,
    log,
    ...dutyOf('erasures'),
    forget: shared === null ? forgetHere : forgetEverywhere(forgetHere, (text) => bus.shout(text)),
  })
  const expiry = new Expiry({ stores, log, ...dutyOf('expiry') })
  const previews = new Previews(stores.archive, log)
  const previewsDoor = shared === null ? previews : new SharedPreviews(previews, (text) => bus.shout(text))
  const webhooks = new Webhooks({
    stores,
    vault,
    anywhere: config.webhooksAnywhere,
    haste: config.haste,
    stream: (channelId) => streams.state(channelId),
    log,
    metrics,
  })
  const engine = openEngine({ ingest, drain, archivist, hub, metrics })
  bus.listen({
    slice(slice) {
      hub.take(slice)
      // Of a channel that is only followed here, its home does all else.
      if (stateOf(slice.channelId) !== null) return
      homes?.changed(slice.channelId)
      stage.take(slice)
      held.take(slice)
      engine.handed(slice)
      webhooks.take(slice)
    },
    state: (channelId, state) => homes?.heardState(channelId, state),
    anew: (channelId, history) => homes?.heardAnew(channelId, history),
    shouted: (text) => obey(text, hub, previews, forgetHere),
    refused: (channelId) => log.warn({ channel: channelId }, 'what was written late was refused'),
  })
  stage.onChange = (channelId, change) => {
    hub.stageChanged(channelId, change)
    homes?.changed(channelId, true)
  }
  streams.onChange = (channelId) => {
    hub.streamChanged(channelId)
    homes?.changed(channelId, true)
    webhooks.streamChanged(channelId)
  }
  streams.onKept = (stream) => void summarise(stores, stream, log)
  streams.onTakenUp = (channelId, { recent, held: waiting }) => {
    hub.takeUp(channelId, recent)
    held.resume(channelId, waiting)
  }
  const statusChanged = (channelId: string) => {
    hub.statusChanged(channelId)
    homes?.changed(channelId)
  }
  sources.onChange = statusChanged
  held.onChange = statusChanged
  const autoStreams = new AutoStreams({ streams, sources, ingest, graceMs: GRACE_MS / config.haste, log })
  line.settled = (channelId) => sources.settled(channelId)
  sources.onBroadcast = (...news) => autoStreams.hear(...news)
  heartbeat.away = () => sources.away()
  if (shared !== null) {
    homes = new Homes({
      ...shared,
      passes: new Passes(seal),
      hub,
      line,
      ingest,
      log,
      streams: {
        before: (channelId, fence) => streams.before(channelId, fence),
        goOn(before, entry, missing) {
          streams.goOn(before, entry, missing)
          held.resume(entry.id, before.held)
          for (const slice of missing) held.take(slice)
        },
        shown: ({ recent }) => {
          const places = new Map(ingest.platforms.map(({ id }, index) => [id, index + 1]))
          return shownBefore(recent, (platform) => places.get(platform) ?? 0, Date.now() - performance.now())
        },
      },
      tenants: [
        {
          async takeUp(channelId, before) {
            await stage.takeUp(channelId)
            await sources.takeUp(channelId, before)
            autoStreams.takeUp(channelId)
          },
          async letGo(channelId) {
            autoStreams.letGo(channelId)
            sources.letGo(channelId)
            held.forget(channelId)
            await streams.letGo(channelId)
          },
        },
        { takeUp: (channelId) => webhooks.takeUp(channelId), letGo: (channelId) => webhooks.letGo(channelId) },
      ],
      heldAgain: (slice) => held.take(slice),
      state: stateHere,
      async wanted() {
        const followed = (await stores.sources.all()).filter(({ enabled }) => enabled)
        return [...new Set([...followed, ...(await stores.streams.live())].map(({ channelId }) => channelId))]
      },
    })
    const { claim } = homes
    line.claim = claim.bind(homes)
    streams.fence = homes.fence.bind(homes)
  }
  const canary = new Canary({ ingest, hub, log, metrics })
  metrics.watch({
    dataDir: config.dataDir,
    waitingBytes: () => hub.waiting,
    droppedLines: ground.droppedLines,
  })

  let stopping = false
  try {
    const last = await heartbeat.last()
    await ingest.start()
    if (homes === null) {
      await streams.resume()
      await webhooks.begin()
      await sources.start(last)
      autoStreams.start()
    } else {
      webhooks.watch()
      settings.watch(log)
      erasures.watch()
      shared?.sockets.begin({
        channels: () => new Set([...hub.listened(), ...[...ingest.entries()].map(({ id }) => id)]),
        of: (channelId) => ({ overlays: hub.clients(channelId), docks: hub.docks(channelId) }),
        changed: (channelId) => hub.statusChanged(channelId),
      })
      await homes.begin()
    }
    heartbeat.begin()
    expiry.begin()
    erasures.begin()
    watch.begin()
    lifting.begin()
    canary.begin()
    marks.begin(() => ingest.entries(), KEEP_EVERY_MS / config.haste)
    await stores.stood()
  } catch (error) {
    // The threads that run already would keep a process alive that cannot work.
    await close()
    throw error
  }

  const setupToken = (await stores.accounts.count()) === 0 ? newSetupToken(config, seal) : null

  const house: House = {
    config,
    log,
    logTail,
    settings,
    metrics,
    stores,
    passwords,
    pace,
    overlayKeys,
    previewKeys,
    dockKeys,
    hookKeys,
    sessions,
    resetLinks: shared?.resetLinks ?? new ResetLinks(),
    nonces: shared?.nonces ?? new Nonces(),
    setupToken,
    line,
    sources,
    streams,
    erasures,
    runs,
    stage,
    held,
    hub: hubDoor,
    previews: previewsDoor,
    webhooks,
    engine,
    homes,
    tally: shared?.tally ?? null,
    unready: () => [...(stopping ? ['stopping'] : []), ...(ingest.trouble === null ? [] : [ingest.trouble])],
  }
  const upgrade: UpgradeParts = {
    pace,
    addresses: config,
    trustedProxies: config.trustedProxies,
    sessions,
    people: stores,
    overlayKeys,
    overlays: stores.overlays,
    dockKeys,
    docks: stores.docks,
    previewKeys,
    looks: stores.looks,
    previews,
    open: (channelId) => (homes === null ? open(channelId) : homes.open(channelId)),
    hub,
    crowd: new Crowd(),
    wrongKeys: new WrongKeys(),
    log,
    metrics,
  }

  function leave(): void {
    stopping = true
  }

  async function close(): Promise<void> {
    leave()
    canary.stop()
    settings.stop()
    shared?.leave()
    autoStreams.stop()
    sources.stop()
    line.stop()
    await heartbeat.stop()
    await expiry.stop()
    await erasures.stop()
    await watch.stop()
    await lifting.stop()
    // What the worker holds is written out and drained first, then kept, and only then the sockets are sent away.
    await ingest.stop()
    drain.stop()
    await archivist.stop()
    await homes?.close()
    await webhooks.stop()
    await marks.stop(ingest.entries())
    engine.close()
    held.close()
    await hub.close()
    previews.close()
    await bus.close()
    await stores.close()
    await passwords.close()
    metrics.close()
  }

  const listens = (where: string) => {
    if (config.nodeUrl === null) address = where
  }
  return { house, ingest, hub, upgrade, listens, leave, close }
}

async function shareWith(url: string | null, seal: Seal, log: Log, address: () => string): Promise<Shared | null> {
  return url === null ? null : openShared(url, seal, log, address)
}

interface Measurable {
  ingest: Ingest
  drain: Drain
  archivist: Archivist
  hub: Hub
  metrics: Metrics
}

function openEngine({ ingest, drain, archivist, hub, metrics }: Measurable): Engine {
  return new Engine(
    {
      queue: () => ingest.shift?.reader ?? null,
      thread: () => ingest.shift?.worker.performance.eventLoopUtilization() ?? null,
      drained: () => ({ takes: drain.takes, deepest: drain.deepest() }),
      worker: () => ({ ready: ingest.ready, ...ingest.figures }),
      archiveQueue: () => archivist.queued,
      sockets: () => hub.size,
    },
    metrics,
  )
}

/** Nobody can say right now who runs the channel: another node, as far as this one knows. */
const unknownHome = () => 'unknown'

/** Nodes with one database make the same one: whoever opens what one of them has printed may be answered by another. */
function newSetupToken({ databaseUrl }: Config, seal: Seal): string {
  const shared = databaseUrl === null ? undefined : seal.keys('set-up token')[0]
  return (shared?.subarray(0, SETUP_TOKEN_BYTES) ?? randomBytes(SETUP_TOKEN_BYTES)).toString('base64url')
}
