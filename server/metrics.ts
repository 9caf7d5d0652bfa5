import { statfs } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { residentBytes } from './resident.ts'

/**
 * What CrossChat counts, for `/metrics`. Each CrossChat has its own registry, so that two can live in one process.
 * Labels never hold a user, a channel, an address or a key.
 */
export type Metrics = ReturnType<typeof createMetrics>

const LATENCY_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const SYNC_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const LAG_RESOLUTION_MS = 20
const NANOSECONDS = 1e9

export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const counter = <L extends string = never>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const quantiles = (name: string, help: string) => new Gauge({ name, help, labelNames: ['quantile'], registers })
  const lag = measureLag(registry)

  return {
    registry,
    ingestTotal: counter('cc_ingest_total', 'Events taken in, by platform.', ['platform']),
    displayedTotal: counter('cc_displayed_total', 'Events handed to sockets and event streams.'),
    latencySeconds: new Histogram({
      name: 'cc_latency_seconds',
      help: 'From taking an event in to writing it to sockets.',
      buckets: LATENCY_SECONDS,
      registers,
    }),
    droppedTotal: counter('cc_dropped_total', 'Events not displayed, by reason.', ['reason']),
    dedupTotal: counter('cc_dedup_total', 'Deliveries of events that were there already.'),
    resumeTotal: counter('cc_resume_total', 'Sockets that came back, by whether what they missed could be given.', [
      'recovered',
    ]),
    resumeMessages: counter('cc_resume_messages', 'Events given to those who came back, because they had missed them.'),
    overlays: gauge('cc_overlays', 'Connected overlays.'),
    slowClosedTotal: counter('cc_slow_closed_total', 'Sockets closed for falling too far behind.'),
    ringFillRatio: gauge('cc_ring_fill_ratio', 'How full the shared ring is, 0 to 1.'),
    ringRecordsTotal: counter('cc_ring_records_total', 'Records written into the shared ring.'),
    ringBytesTotal: counter('cc_ring_bytes_total', 'Bytes written into the shared ring.'),
    lockHoldsTotal: counter('cc_lock_holds_total', 'Times the lock of the ring was taken, by either thread.'),
    lockContendedTotal: counter('cc_lock_contended_total', 'Times the worker found the lock held.'),
    lockBackoffsTotal: counter('cc_lock_backoffs_total', 'Sleeps of the worker while it waited for the lock.'),
    lockHoldSeconds: quantiles('cc_lock_hold_seconds', 'How long the lock was held, over the last second.'),
    lockWaitSeconds: quantiles(
      'cc_lock_wait_seconds',
      'How long the worker waited for a held lock, over the last second.',
    ),
    wakeupsTotal: counter('cc_wakeups_total', 'Times the main thread was woken to look into the ring.'),
    pendingJobs: gauge('cc_pending_jobs', 'Jobs that the worker has not acknowledged yet.'),
    channels: gauge('cc_channels', 'Channels that this server runs.'),
    nodes: gauge(
      'cc_nodes',
      'Servers that share the channels and were heard of within some seconds, this one counted.',
    ),
    answerSeconds: new Gauge({
      name: 'cc_answer_seconds',
      help: 'How long Redis and the database took to answer when they were last asked; NaN = they do not.',
      labelNames: ['of'],
      registers,
    }),
    cpuSecondsTotal: counter('cc_cpu_seconds_total', 'Time that the process, with all its threads, kept a core busy.'),
    sockets: gauge('cc_sockets', 'Connected overlays, docks, panels and event streams.'),
    lockRecoveriesTotal: counter('cc_lock_recoveries_total', 'Locks taken over from a thread that died.'),
    workerRestartsTotal: counter('cc_worker_restarts_total', 'Restarts of worker threads, by cause.', ['cause']),
    archiveQueue: gauge('cc_archive_queue', 'Events waiting to be archived.'),
    archiveFsyncSeconds: new Histogram({
      name: 'cc_archive_fsync_seconds',
      help: 'How long it took to bring the transcripts of all running streams to the disk.',
      buckets: SYNC_SECONDS,
      registers,
    }),
    archiveGapTotal: counter('cc_archive_gap_total', 'Events that stand in a transcript as a gap.'),
    held: gauge('cc_held', 'Bytes that the worker holds back because the ring is full.'),
    refusedTotal: counter('cc_refused_total', 'Requests refused because the queue was full.'),
    webhookTotal: counter('cc_webhook_total', 'Signed deliveries, by platform and result.', ['platform', 'result']),
    webhookOutTotal: counter('cc_webhook_out_total', 'Tries to deliver to webhooks, by result.', ['result']),
    sourceStateTotal: counter('cc_source_state_total', 'Times a followed source came into a state.', [
      'platform',
      'state',
    ]),
    sources: new Gauge({
      name: 'cc_sources',
      help: 'Followed sources, by state.',
      labelNames: ['platform', 'state'],
      registers,
    }),
    sourceGapTotal: counter('cc_source_gap_total', 'Times a source missed something, by platform.', ['platform']),
    canaryTotal: counter('cc_canary_total', 'Messages to oneself through the whole line, by result.', ['result']),
    canarySeconds: gauge('cc_canary_seconds', 'How long the last of them took.'),
    loginTotal: counter('cc_login_total', 'Sign-ins, by result.', ['result']),
    limitedTotal: counter('cc_limited_total', 'Requests over a rate limit, by route.', ['route']),
    invariantViolationsTotal: counter('cc_invariant_violations_total', 'Broken promises; must stay 0.', ['which']),
    /** Figures that are looked up when somebody asks for them. */
    watch(figures: Watched): void {
      watchFigures(registers, figures)
    },
    close: () => lag.disable(),
  }
}

interface Watched {
  /** The folder whose disk counts. */
  dataDir: string
  /** Bytes that wait for readers, over all sockets and event streams. */
  waitingBytes(): number
  /** Lines of the log dropped so far. */
  droppedLines(): number
}

function watchFigures(registers: Registry[], { dataDir, waitingBytes, droppedLines }: Watched): void {
  const watched = (name: string, help: string, look: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await look())
      },
    })
  watched('cc_output_queue_bytes', 'Bytes that wait for sockets and event streams to read them.', waitingBytes)
  watched('cc_memory_bytes', 'Resident memory of the process.', residentBytes)
  watched('cc_log_dropped_total', 'Lines of the log that were dropped because nobody read them.', droppedLines)
  watched('cc_disk_free_bytes', 'Bytes free on the disk of the data folder; NaN = it cannot be read.', async () => {
    const disk = await statfs(dataDir).catch(() => null)
    return disk === null ? Number.NaN : disk.bavail * disk.bsize
  })
}

function measureLag(registry: Registry) {
  const delay = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  delay.enable()
  new Gauge({
    name: 'cc_eventloop_lag_seconds',
    help: 'Worst delay of the event loop since the last reading.',
    registers: [registry],
    collect() {
      // What is measured is the time between two looks.
      this.set(Math.max(0, delay.max / NANOSECONDS - LAG_RESOLUTION_MS / 1_000))
      delay.reset()
    },
  })
  return delay
}
