import type { EngineView, InstanceView } from '../../server/api.ts'
import { number, t, tn, told } from '../language/words.ts'
import { bytes, millis, percent } from './units.ts'

/** How the parts of an instance are, as a word or figure each. */
export interface Health {
  label: string
  value: string
  more: string
  tone: 'ok' | 'warn' | 'err' | 'plain'
}

/** Below this share of the disk, somebody should look; below the other, writes will be refused soon. */
const DISK_SCARCE = 0.1
const DISK_LAST = 0.02
/** Delay of the event loop, ms, from which messages are felt to be late. */
const SLOW_LOOP_MS = 100
const RING_FULL = 0.5
const LONG_QUEUE = 1_000

export function healthOf(view: InstanceView, engine: EngineView | null): Health[] {
  return [
    workerOf(view, engine),
    ringOf(engine),
    archiveOf(view, engine),
    diskOf(view),
    loopOf(engine),
    memoryOf(view),
    socketsOf(engine),
  ]
}

function workerOf({ unready }: InstanceView, engine: EngineView | null): Health {
  const ready = unready.length === 0
  const restarts = engine?.worker.restarts ?? 0
  const more = ready ? tn(restarts, '{n} restart so far', '{n} restarts so far') : unready.map(told).join(', ')
  return { label: t('Worker'), value: ready ? t('Running') : t('Not ready'), more, tone: ready ? 'ok' : 'err' }
}

function ringOf(engine: EngineView | null): Health {
  if (engine === null) return unknown(t('Ring'))
  const { depth, capacity, recordsPerSecond } = engine.ring
  const share = capacity === 0 ? 0 : depth / capacity
  const more = tn(Math.round(recordsPerSecond), '{n} message a second', '{n} messages a second')
  return {
    label: t('Ring'),
    value: t('{share} full', { share: percent(share) }),
    more,
    tone: share > RING_FULL ? 'warn' : 'ok',
  }
}

function archiveOf({ liveStreams }: InstanceView, engine: EngineView | null): Health {
  const waiting = engine?.archiveQueue ?? 0
  const more = tn(liveStreams, '{n} stream runs', '{n} streams run')
  const value = waiting === 0 ? t('Nothing waits') : tn(waiting, '{n} waits', '{n} wait')
  return { label: t('Archive'), value, more, tone: waiting > LONG_QUEUE ? 'warn' : 'ok' }
}

function diskOf({ disk }: InstanceView): Health {
  if (disk === null) return unknown(t('Disk'))
  const share = disk.total === 0 ? 0 : disk.free / disk.total
  const tone = share < DISK_LAST ? 'err' : share < DISK_SCARCE ? 'warn' : 'ok'
  return {
    label: t('Disk'),
    value: t('{size} free', { size: bytes(disk.free) }),
    more: t('of {size}', { size: bytes(disk.total) }),
    tone,
  }
}

function loopOf(engine: EngineView | null): Health {
  if (engine === null) return unknown(t('Event loop delay'))
  const { p99, max } = engine.loop
  const tone = p99 > SLOW_LOOP_MS ? 'warn' : 'ok'
  return {
    label: t('Event loop delay'),
    value: millis(p99),
    more: t('in 99 of 100 turns; {time} at most', { time: millis(max) }),
    tone,
  }
}

function memoryOf({ memory }: InstanceView): Health {
  return {
    label: t('Memory'),
    value: bytes(memory.rss),
    more: t('{size} of it in use by code', { size: bytes(memory.heapUsed) }),
    tone: 'plain',
  }
}

function socketsOf(engine: EngineView | null): Health {
  if (engine === null) return unknown(t('Connections'))
  return {
    label: t('Connections'),
    value: number(engine.sockets),
    more: t('of overlays, docks and panels'),
    tone: 'plain',
  }
}

const unknown = (label: string): Health => ({ label, value: '–', more: t('Not known'), tone: 'plain' })
