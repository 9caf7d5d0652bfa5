import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningServer, startServer } from '../../help/server.ts'
import type { Finding } from '../../simulation/history.ts'
import { ChatRoom } from './chat-room.ts'
import { Gate } from './gate.ts'
import type { Ground } from './ground.ts'
import { metricsOf } from './metrics.ts'
import { Producer } from './producer.ts'

export const POISON = 'a-payload-that-is-poison'
const MORTAL_WORKER = new URL('../../help/mortal-worker.mjs', import.meta.url).href
const PRODUCERS = 2
/** A machine that others use may be slow; figures tell how slow. */
const READY_WITHIN_MS = 120_000
/** What SIGTERM may take. */
const DEADLINE_MS = 10_000
const BROKEN_PROMISE = /^cc_invariant_violations_total\{which="(?<which>[^"]+)"\} (?<count>\d+)$/gm

export interface SceneOptions {
  ground: Ground
  rooms: number
  random: () => number
}

/** When a process was hit, when the next one was begun and when it listened, ms. */
export interface Restarted {
  hitAt: number
  begunAt: number
  upAt: number
}

/** A server in a process of its own under load, with its channels and all who read them. */
export class Scene {
  readonly ground: Ground
  readonly random: () => number
  readonly rooms: ChatRoom[] = []
  readonly gate = new Gate()
  readonly #findings: Finding[] = []
  readonly #producers: Producer[] = []
  readonly #end = () => this.server.child.kill('SIGKILL')
  server: RunningServer

  private constructor({ ground, random }: SceneOptions, server: RunningServer) {
    this.ground = ground
    this.random = random
    this.server = server
    // Before the folder is taken away that it writes in.
    process.prependOnceListener('exit', this.#end)
  }

  static async open(options: SceneOptions): Promise<Scene> {
    const dataDir = await mkdtemp(join(options.ground.path, 'data-'))
    const scene = new Scene(options, await start(dataDir))
    for (let nth = 0; nth < options.rooms; nth++) await scene.#openRoom(nth)
    return scene
  }

  load(): void {
    for (const producer of this.#producers) producer.start()
  }

  async hush(): Promise<void> {
    await Promise.all(this.#producers.map((producer) => producer.stop()))
  }

  /** Ends the process under load and starts the next one on its folder. */
  async restart(signal: 'SIGKILL' | 'SIGTERM', meanwhile = async () => {}): Promise<Restarted> {
    const hitAt = performance.now()
    const code = await this.server.end(signal)
    this.gate.close()
    if (signal === 'SIGTERM') this.#judgeEnd(code, performance.now() - hitAt)
    await meanwhile()
    const begunAt = performance.now()
    this.server = await start(this.server.dataDir, this.server.port)
    const upAt = performance.now()
    await Promise.all(this.rooms.map((room) => room.sit()))
    this.gate.open()
    return { hitAt, begunAt, upAt }
  }

  /** Something that no history tells, such as a process that does not end. */
  find(what: string): void {
    this.#findings.push({ kind: 'lost', where: 'the server', what })
  }

  /** What was found since the last time, besides what histories tell. */
  async findings(): Promise<Finding[]> {
    await this.#judgeInvariants()
    for (const room of this.rooms) for (const complaint of room.complaints.splice(0)) this.find(complaint)
    const conflicts = this.rooms.flatMap(({ chronicle }) => chronicle.conflicts.splice(0))
    return [...this.#findings.splice(0), ...conflicts]
  }

  /** `well`: nothing was found in its folder, which makes room on the small disk. */
  async close(well: boolean): Promise<void> {
    for (const room of this.rooms) room.close()
    await this.server.end('SIGKILL')
    process.off('exit', this.#end)
    if (well) await rm(this.server.dataDir, { recursive: true, force: true })
  }

  async #openRoom(nth: number): Promise<void> {
    const { base } = this.server
    const name = `room_${nth + 1}`
    const room = await ChatRoom.open({ base, name, gate: this.gate, streamed: nth === 0 })
    this.rooms.push(room)
    for (let of = 1; of <= PRODUCERS; of++)
      this.#producers.push(new Producer(`${name}-p${of}`, room, this.gate, this.random))
  }

  #judgeEnd(code: number | null, ms: number): void {
    if (code !== 0) this.find(`SIGTERM ended with ${code}:\n${this.server.output()}`)
    if (ms > DEADLINE_MS) this.find(`SIGTERM took ${Math.round(ms)} ms`)
  }

  async #judgeInvariants(): Promise<void> {
    const metrics = await metricsOf(this.server.base)
    for (const { groups = {} } of metrics.matchAll(BROKEN_PROMISE))
      if (groups.count !== '0') this.find(`cc_invariant_violations_total counts ${groups.count} of ${groups.which}`)
  }
}

function start(dataDir: string, port = 0): Promise<RunningServer> {
  const env = { NODE_OPTIONS: `--import=${MORTAL_WORKER}`, POISON, CROSSCHAT_DRAIN_MS: '0' }
  return startServer({ dataDir, port, env, readyWithinMs: READY_WITHIN_MS })
}
