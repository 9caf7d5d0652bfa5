import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Works through a list, some at a time. Many test files mostly wait, for a page or a timer, others keep a core busy: beyond the
 * least number, one more begins only when the cores have been idle.
 */

export interface Lanes {
  least: number
  most: number
  /** Looked at so often; ms. */
  lookMs?: number
  /** Which share of their time the cores did nothing since it was last asked; 0 to 1. */
  idle?: () => number
}

const LOOK_MS = 1_500
/** On two cores: half a core to spare. */
const IDLE_ENOUGH = 0.25

export async function workThrough<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  { least, most, lookMs = LOOK_MS, idle = idleCores() }: Lanes,
): Promise<void> {
  const running = new Set<Promise<void>>()
  for (const item of items) {
    while (running.size >= least && !(await hasRoom(running, most, lookMs, idle)));
    const one = work(item).finally(() => running.delete(one))
    running.add(one)
  }
  await Promise.all(running)
}

/** After a look's time, or as soon as one has ended: may another begin? */
async function hasRoom(
  running: Set<Promise<void>>,
  most: number,
  lookMs: number,
  idle: () => number,
): Promise<boolean> {
  const before = running.size
  const look = new AbortController()
  const passed = sleep(lookMs, true, { signal: look.signal }).catch(() => false)
  const looked = await Promise.race([passed, ...Array.from(running, (one) => one.then(() => false))])
  look.abort()
  return running.size < before || (looked && running.size < most && idle() >= IDLE_ENOUGH)
}

function idleCores(): () => number {
  let last = spent()
  return () => {
    const now = spent()
    const share = (now.idle - last.idle) / Math.max(1, now.all - last.all)
    last = now
    return share
  }
}

function spent(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times)
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) }
}
