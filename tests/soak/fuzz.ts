import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { build } from '../../scripts/build.ts'
import { type Figures, failedOften, failureText, fireAt, noFigures } from '../fuzz/run.ts'
import type { Aim, Target } from '../fuzz/target.ts'
import { TARGETS } from '../fuzz/targets.ts'

/** Fires at every target in turn until the time or the inputs are used up, and prints what came of it. */

export interface FuzzOrder {
  /** Names of targets; none = all. */
  names: readonly string[]
  minutes: number
  /** Of each target; without it the time decides. */
  inputs: number | null
  /** The first seed; the only one where it is replayed. */
  seed: number
  replay: boolean
}

/** So long at one target before the next has its turn. */
const TURN_MS = 3_000
const MINUTE_MS = 60_000
const MIB = 1_024 * 1_024
const TABLE_EVERY_MS = MINUTE_MS

interface Running {
  target: Target
  aim: Aim
  figures: Figures
  /** Heap after a collection, MiB: when it began, and now. */
  memory: { start: number; now: number }
}

/** True when nothing failed. */
export async function soakFuzz(order: FuzzOrder): Promise<boolean> {
  // What is behind real sockets is the server as built.
  await build()
  const running = await openAll(order.names)
  console.log(`fuzz: from seed ${order.seed} on, ${running.map(({ target }) => target.name).join(', ')}`)
  const until = performance.now() + order.minutes * MINUTE_MS
  const wanted = order.replay ? 1 : (order.inputs ?? Number.POSITIVE_INFINITY)
  let tableAt = performance.now() + TABLE_EVERY_MS
  for (let left = running; left.length > 0 && performance.now() < until; left = left.filter(goesOn)) {
    for (const each of left) await turn(each, order.seed, Math.min(until, performance.now() + TURN_MS), wanted)
    if (performance.now() < tableAt) continue
    tableAt = performance.now() + TABLE_EVERY_MS
    printTable(running)
  }
  for (const { aim } of running) await aim.close?.()
  printTable(running)
  const failed = running.flatMap(({ target, figures }) =>
    figures.failures.map((each) => failureText(target.name, each)),
  )
  for (const text of failed) console.log(`\n${text}`)
  return failed.length === 0

  function goesOn({ figures }: Running): boolean {
    return figures.inputs < wanted && !failedOften(figures)
  }
}

async function openAll(names: readonly string[]): Promise<Running[]> {
  const unknown = names.find((name) => TARGETS.every((target) => target.name !== name))
  if (unknown !== undefined) {
    throw new Error(`There is no target ${unknown}. There are: ${TARGETS.map(({ name }) => name).join(', ')}.`)
  }
  const running: Running[] = []
  for (const target of TARGETS) {
    if (names.length > 0 && !names.includes(target.name)) continue
    const aim = await target.open()
    const start = heap()
    running.push({ target, aim, figures: noFigures(), memory: { start, now: start } })
  }
  return running
}

async function turn({ aim, figures, memory }: Running, seed: number, until: number, wanted: number): Promise<void> {
  const failed = figures.crashes + figures.serverFaults
  await fireAt(aim, seed + figures.inputs, figures, () => figures.inputs >= wanted || performance.now() > until)
  memory.now = heap()
  if (figures.crashes + figures.serverFaults > failed) console.log(`${figures.failures.at(-1)?.why ?? 'a failure'}`)
}

const collect: unknown = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
})()

function heap(): number {
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed / MIB
}

function printTable(running: readonly Running[]): void {
  const rows = running.map(({ target, figures, memory }) => ({
    target: target.name,
    inputs: figures.inputs,
    refused: figures.refused,
    crashes: figures.crashes,
    '5xx': figures.serverFaults,
    'slowest, ms': Math.round(figures.slowest.ms),
    'its seed': figures.slowest.seed,
    'heap MiB, start': Math.round(memory.start),
    'heap MiB, now': Math.round(memory.now),
  }))
  console.table(rows)
  console.log(`${rows.reduce((sum, { inputs }) => sum + inputs, 0)} inputs`)
}
