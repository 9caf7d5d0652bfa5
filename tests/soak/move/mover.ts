import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { secondsOf } from '../../bench/scale-cpu.ts'

/** `crosschat move` in a process of its own, as built, and what became of it. */

const ENTRY = fileURLToPath(new URL('../../../dist/server/index.js', import.meta.url))
const LOOK_EVERY_MS = 100

export interface Moved {
  code: number | null
  signal: NodeJS.Signals | null
  said: string
  tookMs: number
  /** The most memory that it ever held, bytes. */
  peak: number
  /** On a core, all its threads, s. */
  seconds: number
}

/** A moment in a move: behind a line that it says. */
export interface Moment {
  name: string
  is(line: string): boolean
  /** How long after it, ms. */
  afterMs: number
}

/** `at`: what happens to it in the first of such moments. */
export async function runMove(
  dataDir: string,
  to: string,
  at?: Moment,
  act = (child: ChildProcess): unknown => child.kill('SIGKILL'),
): Promise<Moved> {
  const began = performance.now()
  const child = spawn(process.execPath, [ENTRY, 'move', '--to', to], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const used = new Used(child)
  const ended = once(child, 'exit')
  let [said, acted] = ['', false]
  for await (const line of createInterface(child.stderr)) {
    said += `${line}\n`
    if (acted || at?.is(line) !== true) continue
    acted = true
    if (at.afterMs > 0) await sleep(at.afterMs)
    await act(child)
  }
  await ended
  process.off('exit', kill)
  const { exitCode: code, signalCode: signal } = child
  return { code, signal, said, tookMs: performance.now() - began, ...used.end() }
}

/** What a process has used, as of a moment before its end. */
class Used {
  readonly #pid: number
  readonly #look = setInterval(() => this.#read(), LOOK_EVERY_MS)
  #peak = 0
  #seconds = 0

  constructor({ pid = 0 }: ChildProcess) {
    this.#pid = pid
  }

  end(): { peak: number; seconds: number } {
    clearInterval(this.#look)
    return { peak: this.#peak, seconds: this.#seconds }
  }

  #read(): void {
    this.#seconds = Math.max(this.#seconds, secondsOf([this.#pid]))
    this.#peak = Math.max(this.#peak, peakOf(this.#pid))
  }
}

/** 0 = it has ended. */
function peakOf(pid: number): number {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kib ?? 0) * 1_024
  } catch {
    return 0
  }
}

const NEAR_THE_END = 0.95

/** So many moments to be killed in: when it has hardly begun, spread over its transcripts up to near their end, and while everything is compared. */
export function momentsToKill(kills: number, longestMs: number, random: () => number): Moment[] {
  const after = () => Math.floor(random() * longestMs)
  const inside = Math.max(0, kills - 2)
  const begin = {
    name: 'in its first moments',
    is: (line: string) => line.startsWith('Moves what stands'),
    afterMs: after(),
  }
  const between = Array.from({ length: inside }, (_, nth) => amid((NEAR_THE_END * (nth + 1)) / inside, after()))
  const end = {
    name: 'while all is compared',
    is: (line: string) => line.includes('are compared now'),
    afterMs: after(),
  }
  return kills < 2 ? [end].slice(0, kills) : [begin, ...between, end]
}

/** When so much of its transcripts is over. */
export function amid(share: number, afterMs: number): Moment {
  return {
    name: `with ${Math.round(share * 100)} % of its transcripts`,
    afterMs,
    is(line) {
      const [, nth, of] = /^Transcript (\d+) of (\d+):/.exec(line) ?? []
      return Number(nth) >= Math.max(1, Math.floor(Number(of) * share))
    },
  }
}
