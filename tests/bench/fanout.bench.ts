import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Message } from '../../workers/message.ts'
import type { FromClients } from './fanout-clients.ts'
import { crosschat, plainWs, type SentEvent, socketIo, type Way } from './fanout-servers.ts'
import type { Report } from './report.ts'

export const name = 'fanout'
export const goal =
  'deliveries a second to 1,000 clients: ≥ 1.3 × socket.io with one event a frame, ≥ 10 × in natural batches'

const CLIENTS = 1_000
const PROCESSES = 2
const ROUNDS = 3
const SINGLE = { size: 1, frames: 200 }
const BATCH = { size: 10, frames: 200 }
/** Frames that may be under way, so that no socket's buffer grows into a measure of memory. */
const AHEAD = 20

interface Load {
  size: number
  frames: number
}

export async function run(report: Report): Promise<void> {
  const single: Record<string, number> = {}
  const batched: Record<string, number> = {}
  for (const start of [socketIo, plainWs, crosschat]) {
    const way = await start()
    const clients = await Clients.connect(way.url)
    single[way.what] = await median(way, clients, SINGLE)
    batched[way.what] = await median(way, clients, BATCH)
    clients.end()
    way.close()
  }
  rows(report, single, batched)
  report.note(`${CLIENTS} ws clients in ${PROCESSES} processes, the same for each server; events of about 350 bytes.`)
  report.note('Server and clients share the cores of this machine: read the ratios, not the figures.')
}

function rows(report: Report, single: Record<string, number>, batched: Record<string, number>): void {
  const row = (what: string, measured = 0, baseline: string, of: Record<string, number>, least?: number) =>
    report.row({
      what,
      measured,
      unit: '/s',
      better: 'higher',
      baseline: { what: baseline, measured: of[baseline] ?? 0 },
      ...(least !== undefined && { goal: { text: `≥ ${least} ×`, met: measured >= least * (of[baseline] ?? 0) } }),
    })
  row('one event a frame', single.CrossChat, 'socket.io 4.8', single, 1.3)
  row('one event a frame', single.CrossChat, 'ws', single)
  row('batches of 10, against single emits', batched.CrossChat, 'socket.io 4.8', single, 10)
  row('batches of 10, against arrays of 10', batched.CrossChat, 'socket.io 4.8', batched)
  row('batches of 10, against arrays of 10', batched.CrossChat, 'ws', batched)
}

/** Deliveries a second, the middle one of some rounds, after one to warm up. */
async function median(way: Way, clients: Clients, load: Load): Promise<number> {
  await deliver(way, clients, load)
  const rates: number[] = []
  for (let i = 0; i < ROUNDS; i++) rates.push(await deliver(way, clients, load))
  return rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
}

let seq = 0

async function deliver(way: Way, clients: Clients, load: Load): Promise<number> {
  const batches = Array.from({ length: load.frames }, () => Array.from({ length: load.size }, eventToSend))
  clients.restart()
  const started = performance.now()
  for (const [sent, batch] of batches.entries()) {
    if (sent - clients.arrived > AHEAD) await clients.until(sent - AHEAD)
    way.emit(batch)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await clients.until(load.frames)
  return (load.frames * load.size * CLIENTS) / ((performance.now() - started) / 1_000)
}

function eventToSend(): SentEvent {
  const value: Message = {
    seq: ++seq,
    id: `twitch:0f6d7a34-5f0e-4f57-a7c0-${String(seq).padStart(12, '0')}`,
    kind: 'message',
    platform: 'twitch',
    at: 1_780_000_000_000 + seq,
    receivedAt: 1_780_000_000_042 + seq,
    author: { id: '41258', name: 'quiet_otter', color: '#1e90ff', roles: ['sub'], badges: [] },
    parts: [{ type: 'text', text: 'that jump was unreal, do it again' }],
    text: 'that jump was unreal, do it again',
  }
  return { seq, value, bytes: Buffer.from(JSON.stringify(value)) }
}

/** The client processes, and how far the slowest of them has come. */
class Clients {
  readonly #frames = new Map<ChildProcess, number>()
  #before = 0
  #wanted = 0
  #reached: () => void = () => {}

  static async connect(url: string): Promise<Clients> {
    const clients = new Clients()
    await Promise.all(Array.from({ length: PROCESSES }, () => clients.#start(url)))
    return clients
  }

  async #start(url: string): Promise<void> {
    const each = String(CLIENTS / PROCESSES)
    const child = fork(new URL('./fanout-clients.js', import.meta.url), [url, each], { execArgv: [] })
    this.#frames.set(child, 0)
    await once(child, 'message')
    child.on('message', (word: FromClients) => this.#hear(child, word))
  }

  /** Frames a client since the last restart, in the process that is furthest behind. */
  get arrived(): number {
    return (Math.min(...this.#frames.values()) - this.#before) / (CLIENTS / PROCESSES)
  }

  /** Counts from here. Everything sent so far must have arrived. */
  restart(): void {
    this.#before = Math.min(...this.#frames.values())
  }

  until(frames: number): Promise<void> {
    this.#wanted = frames
    return new Promise((resolve) => {
      this.#reached = resolve
      this.#look()
    })
  }

  end(): void {
    for (const child of this.#frames.keys()) child.disconnect()
  }

  #hear(child: ChildProcess, word: FromClients): void {
    if (word.type === 'frames') this.#frames.set(child, word.total)
    this.#look()
  }

  #look(): void {
    if (this.arrived >= this.#wanted) this.#reached()
  }
}
