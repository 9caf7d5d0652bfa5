import { suite } from 'uvu'
import { HookKeys } from '../../server/auth/hook-keys.ts'
import { newId } from '../../server/auth/ids.ts'
import { Seal } from '../../server/auth/seal.ts'
import { Vault } from '../../server/auth/vault.ts'
import { Entries, type Entry } from '../../server/entries.ts'
import type { Ingest, SourceWord } from '../../server/ingest.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { Sources } from '../../server/sources.ts'
import type { Gap } from '../../server/stores/archive.ts'
import { openStores } from '../../server/stores/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import type { About } from '../../workers/about.ts'
import type { ToWorker } from '../../workers/control.ts'
import type { SourceReport } from '../../workers/followed.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { ABOUT } from '../help/doors.ts'
import { temporaryData } from '../help/server.ts'

const TESTTUBE: About = {
  ...ABOUT,
  source: {
    label: 'Channel',
    placeholder: 'name',
    fields: [
      { name: 'room', kind: 'text', label: 'Room', hint: '' },
      { name: 'apiKey', kind: 'secret', label: 'Key', hint: '' },
    ],
    hook: 'More comes in.',
    broadcasts: true,
  },
}
export const LIVE: SourceReport = {
  state: 'live',
  since: 1,
  error: null,
  retryAt: null,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
}

/** Stands where the worker and its feeder are: writes down what is posted, and names channels as asked. */
class Feeder {
  readonly posted: ToWorker[] = []
  readonly #entries = new Entries()
  readonly platforms = [TESTTUBE]
  /** Answers a name by itself. */
  naming = true
  onBegan = () => {}
  onEnded = (_: number) => {}
  onSource = (_: SourceWord) => {}
  onSuspect = (_: number) => {}

  post(word: ToWorker): void {
    this.posted.push(word)
    if (word.type === 'name' && this.naming) this.answer(word.ask, word.typed.toLowerCase())
  }

  answer(ask: number, name: string): void {
    queueMicrotask(() =>
      this.onSource(name === '???' ? { type: 'unnamed', ask, problem: 'No.' } : { type: 'named', ask, name }),
    )
  }

  open(channelId: string): Entry {
    return this.#entries.get(channelId) ?? this.#entries.open(channelId, UNRULED, [])
  }

  channel(channelId: string): Entry | undefined {
    return this.#entries.get(channelId)
  }

  numbered(number: number): Entry | undefined {
    return this.#entries.numbered(number)
  }

  get follows() {
    return this.posted.flatMap((word) => (word.type === 'follow' ? [word.source] : []))
  }

  get unfollows(): number {
    return this.posted.filter(({ type }) => type === 'unfollow').length
  }
}

type Opening = (channelId: string) => Promise<Entry>

interface Context {
  stores: Stores
  feeder: Feeder
  sources: Sources
  metrics: ReturnType<typeof createMetrics>
  gaps: [channelId: string, gap: Gap, after: number][]
  logged: string[]
  channelId: string
  /** Sources of the next process, on the same store. */
  next(open?: Opening): { sources: Sources; feeder: Feeder }
  close(): Promise<void>
}

/** Sources over a real store, and stand-ins for what is around them, anew for each test. */
export function sourcesSuite(name: string) {
  const test = suite<Context>(name)
  test.before.each(async (context) => {
    const data = await temporaryData()
    const logged: string[] = []
    const log = createLog('trace', { write: (line) => logged.push(line) })
    const stores = await openStores({ driver: 'embedded', dataDir: data.path, log, keepFree: 0 })
    const seal = new Seal([Buffer.alloc(32, 1)])
    const gaps: Context['gaps'] = []
    const all: { sources: Sources; metrics: ReturnType<typeof createMetrics> }[] = []
    const make = (open?: Opening) => {
      const feeder = new Feeder()
      const metrics = createMetrics()
      const sources = new Sources({
        store: stores.sources,
        ingest: feeder as unknown as Ingest,
        open: open ?? (async (channelId) => feeder.open(channelId)),
        archivist: { note: (...gap) => gaps.push(gap) },
        vault: new Vault(seal),
        hookKeys: new HookKeys(seal),
        log,
        metrics,
      })
      all.push({ sources, metrics })
      return { sources, feeder, metrics }
    }
    const close = async () => {
      for (const each of all) {
        each.sources.stop()
        each.metrics.close()
      }
      await stores.close()
      await data.remove()
    }
    Object.assign(context, { stores, gaps, logged, channelId: newId(), next: make, close, ...make() })
  })
  test.after.each(({ close }) => close())
  return test
}

/** Tells a report of the source that was followed last. */
export function report(feeder: Feeder, change: Partial<SourceReport>): number {
  const source = feeder.follows.at(-1)?.number ?? 0
  feeder.onSource({ type: 'source', source, report: { ...LIVE, ...change } })
  return source
}

export const stateOf = (sources: Sources, channelId: string) => sources.list(channelId)[0]?.state
