import { forwardClock } from '../auth/forward-clock.ts'
import { Seal } from '../auth/seal.ts'
import { openSecrets } from '../auth/secret.ts'
import type { Config } from '../config.ts'
import { InstanceSettings } from '../instance-settings.ts'
import type { Log } from '../log.ts'
import type { LogTail } from '../log-tail.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { driverOf, openStores } from '../stores/index.ts'
import type { Stores } from '../stores/stores.ts'

/** What a CrossChat is given. */
export interface Given {
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

/** What every other part stands on. */
export interface Ground extends Given {
  metrics: Metrics
  clock: () => number
  stores: Stores
  seal: Seal
  settings: InstanceSettings
}

export async function openGround(given: Given): Promise<Ground> {
  const { config, log } = given
  const metrics = createMetrics()
  const clock = forwardClock()
  const stores = await openStores({
    ...driverOf(config.databaseUrl),
    dataDir: config.dataDir,
    log,
    now: clock,
    synced: (ms) => metrics.archiveFsyncSeconds.observe(ms / 1_000),
  })
  try {
    const seal = new Seal(await openSecrets(config.secrets, config.dataDir))
    const settings = await InstanceSettings.open(stores.instance, {
      registration: config.registration,
      fixed: given.registrationFixed,
    })
    return { ...given, metrics, clock, stores, seal, settings }
  } catch (error) {
    await stores.close()
    throw error
  }
}
