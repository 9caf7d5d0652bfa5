import type { EngineView } from '../../server/api.ts'
import { type Text, t } from '../language/words.ts'
import { number } from './format.ts'
import { bytes, figure, micros, millis, percent } from './units.ts'

/** What the engine room shows of each measurement, as data: drawn as lines, and written as a table. */
export interface Figure {
  id: string
  label: Text
  lines: readonly [Line, ...Line[]]
  write: (value: number) => string
}
export interface Line {
  /** Empty when it is the only one. */
  name: string
  of: (view: EngineView) => number | null
}

const only = (of: Line['of']): [Line] => [{ name: '', of }]
const halves = (of: (view: EngineView) => { p50: number | null; p99: number | null }): [Line, Line] => [
  { name: 'p50', of: (view) => of(view).p50 },
  { name: 'p99', of: (view) => of(view).p99 },
]

/** Drawn as they move. */
export const DRAWN: readonly Figure[] = [
  { id: 'records', label: 'Records a second', lines: only(({ ring }) => ring.recordsPerSecond), write: figure },
  { id: 'bytes', label: 'Bytes a second', lines: only(({ ring }) => ring.bytesPerSecond), write: bytes },
  { id: 'latency', label: 'Worker to socket', lines: halves(({ latency }) => latency), write: micros },
  { id: 'depth', label: 'Most in the ring', lines: only(({ ring }) => ring.deepest), write: bytes },
  { id: 'held', label: 'Lock held', lines: halves(({ lock }) => lock.held), write: micros },
  { id: 'waited', label: 'Wait for the lock', lines: halves(({ lock }) => lock.waited), write: micros },
  { id: 'contended', label: 'Lock found taken', lines: only(({ lock }) => lock.contended), write: percent },
  { id: 'backoffs', label: 'Backoffs a second', lines: only(({ lock }) => lock.backoffsPerSecond), write: figure },
  { id: 'wakeups', label: 'Wake-ups a second', lines: only(({ loop }) => loop.wakeupsPerSecond), write: figure },
  { id: 'loop', label: 'Loop delay', lines: halves(({ loop }) => loop), write: millis },
]

/** Worth a number. */
export const STATED: readonly Figure[] = [
  { id: 'held-back', label: 'Held back', lines: only(({ worker }) => worker.held), write: bytes },
  { id: 'pending', label: 'Unacknowledged', lines: only(({ worker }) => worker.pending), write: number },
  { id: 'archive', label: 'Archive queue', lines: only(({ archiveQueue }) => archiveQueue), write: number },
  { id: 'sockets', label: 'Open sockets', lines: only(({ sockets }) => sockets), write: number },
  { id: 'restarts', label: 'Worker restarts', lines: only(({ worker }) => worker.restarts), write: number },
  { id: 'worst', label: 'Worst loop delay', lines: only(({ loop }) => loop.max), write: millis },
]

/** Written where nothing was counted. */
export const NOTHING = '–'

export function written({ write }: Figure, value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : write(value)
}

/** The highest of a line in these measurements, 0 without any. */
export function highest({ of }: Line, samples: readonly EngineView[]): number {
  return samples.reduce((most, view) => Math.max(most, of(view) ?? 0), 0)
}

/** What the picture shows, for those who do not see it. */
export function describe({ ring, lock, worker, loop }: EngineView): string {
  return [
    t('The ring holds {size} of {most}; at most {deepest} in the last second.', {
      size: bytes(ring.depth),
      most: bytes(ring.capacity),
      deepest: bytes(ring.deepest),
    }),
    t('{n} records a second go through it.', { n: figure(ring.recordsPerSecond) }),
    t('The lock is taken {n} times a second.', { n: figure(lock.holdsPerSecond) }),
    t('The worker is busy {worker} of the time, the main thread {main}.', {
      worker: whole(worker.busy),
      main: whole(loop.busy),
    }),
    worker.held > 0 ? t('{size} are held back.', { size: bytes(worker.held) }) : t('Nothing is held back.'),
  ].join(' ')
}

const whole = (share: number) => percent(Math.round(share * 100) / 100)

export const WIDTH = 240
export const HEIGHT = 36
const MARGIN = 2

/** Path data of a line whose newest value stands at the right edge; it breaks off where nothing was counted. */
export function pathOf(values: readonly (number | null)[], places: number, top: number): string {
  return stretches(values, places, top).map(joined).join('')
}

/** The same line with what lies below it. */
export function areaOf(values: readonly (number | null)[], places: number, top: number): string {
  return stretches(values, places, top)
    .map((points) => `${joined(points)}L${points.at(-1)?.x.toFixed(1)} ${HEIGHT}L${points[0]?.x.toFixed(1)} ${HEIGHT}Z`)
    .join('')
}

interface Point {
  x: number
  y: number
}

/** Points that belong together. */
function stretches(values: readonly (number | null)[], places: number, top: number): Point[][] {
  const step = WIDTH / (places - 1)
  const found: Point[][] = []
  let open: Point[] | null = null
  for (const [i, value] of values.entries()) {
    if (value === null) {
      open = null
      continue
    }
    if (open === null) {
      open = []
      found.push(open)
    }
    const share = top <= 0 ? 0 : Math.min(1, value / top)
    open.push({ x: WIDTH - (values.length - 1 - i) * step, y: HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN) })
  }
  return found
}

function joined(points: readonly Point[]): string {
  const path = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
  // A single point is drawn as a dot.
  return points.length === 1 ? `${path}h0` : path
}
