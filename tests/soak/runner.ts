import { type ChildProcess, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { TSC } from '../../scripts/build.ts'
import { ROOT, runNode } from '../../scripts/child.ts'
import { addFigures, type Figures, noFigures } from './queue/figures.ts'
import type { FromRun, Order, ToRun } from './queue/words.ts'

/** Compiles the queue and what torments it, apart from the product's build, and runs it in a process of its own. */

/** A seed takes a few seconds. This long without a word, the running process hangs in a loop and is ended. */
const SILENT_MS = 30_000
const LOOK_EVERY_MS = 250
/** Pauses of the whole process: how far they are apart, and how long they are; ms. */
const STOP_GAP_MS = [3_000, 12_000] as const
const STOP_MS = [50, 2_500] as const

export interface Run {
  figures: Figures
  /** Seeds run to their end. */
  seeds: number
  /** How often the whole process was stopped and sent on. */
  stops: number
  /** The seed that failed and why, or null. */
  failed: { seed: number; why: string } | null
}

export interface RunOptions {
  order: Order
  /** Stops the process after the seed in hand; without it the order's own seeds decide. */
  forMs?: number
  /** Whether the whole process is stopped (SIGSTOP) now and then, and sent on. */
  stopping?: boolean
  /** Told after each seed. */
  onSeed?(run: Run): void
}

/** Compiles into a folder of this process alone: what others build meanwhile changes nothing here. Removed at exit. */
export async function compileSoak(): Promise<string> {
  const folder = join(ROOT, 'dist', 'tests', `soak-${process.pid}`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { code, output } = await runNode([TSC, '-p', 'tests/soak/tsconfig.json', '--outDir', folder])
  if (code !== 0) throw new Error(`The soak does not compile.\n${output}`)
  return folder
}

export function runQueue(folder: string, options: RunOptions): Promise<Run> {
  const entry = join(folder, 'tests', 'soak', 'queue', 'run.js')
  const child = fork(entry, [JSON.stringify(options.order)], { execArgv: [] })
  const run: Run = { figures: noFigures(), seeds: 0, stops: 0, failed: null }
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const watch = new Watch(child, run, options)
  return new Promise((resolve) => {
    child.once('close', (code) => {
      process.off('exit', kill)
      watch.end()
      if (code !== 0) run.failed ??= { seed: watch.seed, why: `the process ended with ${code}` }
      resolve(run)
    })
  })
}

/** Hears the running process, stops it now and then, ends it when it says nothing any more. */
class Watch {
  seed = 0
  readonly #child: ChildProcess
  readonly #run: Run
  readonly #timers: NodeJS.Timeout[] = []
  #next: NodeJS.Timeout | undefined
  #heardAt = performance.now()
  #stopped = false
  #stoppedAt = 0

  constructor(child: ChildProcess, run: Run, { forMs, stopping, onSeed }: RunOptions) {
    this.#child = child
    this.#run = run
    child.on('message', (word: FromRun) => this.#hear(word, onSeed))
    this.#timers.push(setInterval(() => this.#look(), LOOK_EVERY_MS))
    if (forMs !== undefined) this.#timers.push(setTimeout(() => this.#enough(), forMs))
    if (stopping === true) this.#stopLater()
  }

  end(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    clearTimeout(this.#next)
  }

  #hear(word: FromRun, onSeed?: (run: Run) => void): void {
    this.#heardAt = performance.now()
    this.seed = word.seed
    if (word.type === 'begin') return
    addFigures(this.#run.figures, word.figures)
    this.#run.seeds++
    const why = faultOf(word.figures)
    if (why !== null) this.#run.failed = { seed: word.seed, why }
    onSeed?.(this.#run)
  }

  #enough(): void {
    const word: ToRun = { type: 'enough' }
    if (this.#child.connected) this.#child.send(word)
  }

  #look(): void {
    if (this.#stopped || performance.now() - this.#heardAt < SILENT_MS) return
    this.#run.failed ??= { seed: this.seed, why: `it said nothing for ${SILENT_MS / 1_000} s` }
    this.#child.kill('SIGKILL')
  }

  #stopLater(): void {
    this.#next = setTimeout(() => this.#stop(), between(STOP_GAP_MS))
  }

  #stop(): void {
    this.#stopped = this.#child.kill('SIGSTOP')
    this.#stoppedAt = performance.now()
    this.#run.stops++
    this.#next = setTimeout(() => this.#goOn(), between(STOP_MS))
  }

  #goOn(): void {
    this.#child.kill('SIGCONT')
    this.#stopped = false
    // The time it stood still does not count.
    this.#heardAt += performance.now() - this.#stoppedAt
    this.#stopLater()
  }
}

function faultOf({ lost, doubled, outOfOrder, torn, stolen, faults }: Figures): string | null {
  const counts = Object.entries({ lost, doubled, 'out of order': outOfOrder, torn, stolen })
  const bad = counts.filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`)
  return bad.length + faults.length === 0 ? null : [...bad, ...faults].join('; ')
}

function between([from, to]: readonly [number, number]): number {
  return from + Math.random() * (to - from)
}
