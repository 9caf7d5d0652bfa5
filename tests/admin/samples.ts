import type { EngineView } from '../../server/api/engine.ts'

type Deep<T> = { [K in keyof T]?: T[K] extends object ? Deep<T[K]> : T[K] }

/** A measurement of an engine at rest, with what a test wants otherwise. */
export function sample(at: number, more: Deep<EngineView> = {}): EngineView {
  const none = { p50: null, p99: null }
  return {
    at,
    over: 1_000,
    archiveQueue: more.archiveQueue ?? 0,
    sockets: more.sockets ?? 0,
    latency: { ...none, ...more.latency },
    ring: {
      capacity: 960,
      head: 0,
      tail: 0,
      depth: 0,
      deepest: 0,
      recordsPerSecond: 0,
      bytesPerSecond: 0,
      records: 0,
      bytes: 0,
      ...more.ring,
    },
    lock: {
      holdsPerSecond: 0,
      contended: 0,
      backoffsPerSecond: 0,
      busy: 0,
      overdue: 0,
      recoveries: 0,
      ...more.lock,
      held: { ...none, ...more.lock?.held },
      waited: { ...none, ...more.lock?.waited },
    },
    worker: { ready: true, restarts: 0, busy: 0, held: 0, pending: 0, channels: 0, ...more.worker },
    loop: { busy: 0, wakeupsPerSecond: 0, p50: 0, p99: 0, max: 0, ...more.loop },
  }
}
