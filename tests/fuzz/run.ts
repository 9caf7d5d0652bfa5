import { performance } from 'node:perf_hooks'
import { seeded } from '../../workers/random.ts'
import { type Aim, type Outcome, ServerFault, type Shot, type Target } from './target.ts'

/** Fires at a target, seed after seed; the first failures are made smaller and kept. */

/** Failures of one target that are kept to be told; one that failed so often is left alone. */
const MOST_TOLD = 5
const MOST_FAILURES = 100
/** Tries to make a failing input smaller. */
const MOST_TRIES = 400
const TOLD_LETTERS = 2_000
/** An input that is not done by then hangs; the slowest disk and the busiest machine are well below. */
const DONE_WITHIN_MS = 120_000

export interface Failure {
  seed: number
  why: string
  /** As small as it was made. */
  input: string
}

export interface Figures {
  inputs: number
  /** Of them turned down with a clear error. */
  refused: number
  crashes: number
  serverFaults: number
  /** Told to whoever looks, decided by nobody: ms. */
  slowest: { ms: number; seed: number }
  failures: Failure[]
}

export function noFigures(): Figures {
  return { inputs: 0, refused: 0, crashes: 0, serverFaults: 0, slowest: { ms: 0, seed: 0 }, failures: [] }
}

/** Input after input from the seed on, until `enough` says so. Figures are added to those given. */
export async function fireAt(aim: Aim, from: number, figures: Figures, enough: () => boolean): Promise<void> {
  for (let seed = from; !enough() && !failedOften(figures); seed++) {
    const input = aim.at(seeded(seed))
    const began = performance.now()
    const error = await faultOf(input, figures)
    const ms = performance.now() - began
    if (ms > figures.slowest.ms) figures.slowest = { ms, seed }
    figures.inputs++
    if (error === null) continue
    if (error.fault instanceof ServerFault) figures.serverFaults++
    else figures.crashes++
    await keepFailure(figures, seed, input, error.fault)
  }
}

/** Nothing more is to be learnt there. */
export function failedOften({ crashes, serverFaults }: Figures): boolean {
  return crashes + serverFaults >= MOST_FAILURES
}

async function faultOf(input: Shot, figures: Figures): Promise<{ fault: unknown } | null> {
  try {
    const outcome = input.fire()
    // Most targets answer at once: no turn of the loop is spent on them.
    if ((typeof outcome === 'string' ? outcome : await ended(outcome)) === 'refused') figures.refused++
    return null
  } catch (fault) {
    return { fault }
  }
}

async function ended(outcome: Promise<Outcome>): Promise<Outcome> {
  let late: NodeJS.Timeout | undefined
  const hung = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`It was not done within ${DONE_WITHIN_MS} ms.`)), DONE_WITHIN_MS)
  })
  try {
    return await Promise.race([outcome, hung])
  } finally {
    clearTimeout(late)
  }
}

/** So many inputs of a target of its own. */
export async function fireFew(target: Target, from: number, inputs: number): Promise<Figures> {
  const figures = noFigures()
  const aim = await target.open()
  try {
    await fireAt(aim, from, figures, () => figures.inputs >= inputs)
  } finally {
    await aim.close?.()
  }
  return figures
}

/** As a sentence to act on. */
export function failureText(target: string, { seed, why, input }: Failure): string {
  return `${target}, seed ${seed}: ${why}\ninput: ${input}\nnpm run soak -- fuzz ${target} --replay ${seed}`
}

async function keepFailure(figures: Figures, seed: number, input: Shot, error: unknown): Promise<void> {
  const why = reasonOf(error)
  if (figures.failures.length >= MOST_TOLD || figures.failures.some((known) => firstLine(known.why) === firstLine(why)))
    return
  const smallest = await shrunk(input, firstLine(why))
  figures.failures.push({ seed, why, input: smallest.told().slice(0, TOLD_LETTERS) })
}

/** Smaller, and failing in the same way. */
async function shrunk(input: Shot, reason: string): Promise<Shot> {
  let smallest = input
  let tries = 0
  for (let found = true; found; ) {
    found = false
    for (const less of smallest.lesser()) {
      if (++tries > MOST_TRIES) return smallest
      if (firstLine(await failing(less)) !== reason) continue
      smallest = less
      found = true
      break
    }
  }
  return smallest
}

async function failing(input: Shot): Promise<string> {
  try {
    await ended(Promise.resolve(input.fire()))
    return ''
  } catch (error) {
    return reasonOf(error)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Without what is of this input alone. */
function firstLine(reason: string): string {
  return (reason.split('\n')[0] ?? '').replace(/["'`].*["'`]|\d+/g, '…')
}
