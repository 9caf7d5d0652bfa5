import { MAX_HELD } from '../../workers/message.ts'
import { pick, seeded } from '../../workers/random.ts'
import { ircLine } from '../help/panel.ts'
import { installBells } from './bells.ts'
import { judge } from './checker.ts'
import { Clock } from './clock.ts'
import { installSockets } from './dialling.ts'
import { Disk, MemoryShelf, type Shelf } from './disk.ts'
import type { Finding, History } from './history.ts'
import { Moderator } from './moderator.ts'
import { Died } from './mortal.ts'
import { Network } from './network.ts'
import { Page, type PagePlants } from './page.ts'
import { CHANNEL, FAULTS, type Fault, type Plan, planOf } from './plan.ts'
import { Recorder } from './recorder.ts'
import { Sender, UNKEPT } from './sender.ts'
import { Server } from './server.ts'
import { BLOCKED_HOST } from './streamed.ts'
import { installThreads, type Thread } from './thread.ts'

/** One history: the house's own parts, a clock, a network and a disk, and a seed that decides what happens next. */

/** What a test puts in a part's place, to see that it is found. */
export interface Plants extends PagePlants {
  shelf?(): Shelf | Promise<Shelf>
  /** What happens at all; without it, what the seed draws. */
  plan?: Partial<Plan>
}

export interface Outcome {
  seed: number
  findings: Finding[]
  /** How often each fault was injected. */
  faults: Record<Fault, number>
  history: History
}

/** Steps until all must have come to rest, and time for it: a cable that was pulled is noticed after half a minute. */
const RESTING_STEPS = 40_000
const RESTING_MS = 4 * 60_000
const DAY_MS = 24 * 3_600_000
/** Touches of the shared memory within which a worker dies: some writes. */
const DEADLY_STEPS = 60
/** So many times its own weight a byte has for a slow reader: some frames are a megabyte. */
const HEAVY = 3_000

export async function run(seed: number, plants: Plants = {}): Promise<Outcome> {
  const clock = new Clock()
  const network = new Network(clock)
  const threads: Thread[] = []
  const restore = [
    installBells(),
    installThreads({ began: (thread) => threads.push(thread) }, clock),
    installSockets(network),
    clock.install(seed),
  ]
  const shelf = (await plants.shelf?.()) ?? new MemoryShelf()
  try {
    const world = new World(seed, { clock, network, threads, disk: new Disk(shelf), plants })
    return await world.live()
  } finally {
    for (const back of restore.reverse()) back()
    await shelf.close()
  }
}

interface Parts {
  clock: Clock
  network: Network
  threads: Thread[]
  disk: Disk
  plants: Plants
}

type Step = [weight: number, act: () => unknown]

class World {
  readonly #seed: number
  readonly #random: () => number
  readonly #plan: Plan
  readonly #clock: Clock
  readonly #network: Network
  readonly #threads: Thread[]
  readonly #disk: Disk
  readonly #plants: Plants
  readonly #recorder: Recorder
  readonly #senders: Sender[]
  readonly #moderator: Moderator
  readonly #pages: Page[] = []
  readonly #faults = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>
  #server: Server | null = null
  #beginning = false
  #ending = false
  #brought = 0
  #resting = false

  constructor(seed: number, { clock, network, threads, disk, plants }: Parts) {
    this.#seed = seed
    this.#random = seeded(seed + 1)
    this.#plan = { ...planOf(seed), ...plants.plan }
    this.#clock = clock
    this.#network = network
    this.#threads = threads
    this.#disk = disk
    this.#plants = plants
    this.#recorder = new Recorder(clock)
    const { sent, removed, order, told } = this.#recorder
    this.#moderator = new Moderator(this.#random, order, told, this.#plan.refuses)
    this.#senders = Array.from(
      { length: this.#plan.senders },
      (_, nth) => new Sender(`s${nth + 1}`, this.#random, sent, removed, { banned: true }),
    )
  }

  async live(): Promise<Outcome> {
    this.#boot()
    await this.#clock.settle()
    for (let nth = 0; nth < this.#plan.pages; nth++) await this.#openPage()
    for (let step = 0; step < this.#plan.steps; step++) await this.#step(this.#steps())
    await this.#rest()
    const read = (stream: string) => this.#disk.shelf.transcript(stream)
    const history = await this.#recorder.history(this.#pages, read, this.#queue())
    const findings = [...judge(history), ...this.#recorder.failures]
    return { seed: this.#seed, findings, faults: this.#faults, history }
  }

  #queue() {
    const server = this.#server
    if (!server?.up) return null
    const ids = server.held.list(CHANNEL, MAX_HELD).map(({ id }) => id)
    return { ids, deciding: this.#moderator.deciding(server), jumped: this.#faults['clock jump'] > 0 }
  }

  /** Nothing is broken any more; what was sent must arrive. */
  async #rest(): Promise<void> {
    this.#resting = true
    const until = this.#clock.now + RESTING_MS
    for (let step = 0; step < RESTING_STEPS && this.#clock.now < until && !this.#isCalm; step++) {
      await this.#step(this.#steps())
    }
  }

  /** Who still waits for an answer is owed something that may lie in the ring, where nobody sees it. */
  get #isCalm(): boolean {
    const still =
      !this.#beginning &&
      !this.#ending &&
      this.#steps().length === 1 &&
      this.#server?.queued === 0 &&
      !this.#senders.some(({ owes, waits }) => owes || waits)
    return still && this.#pages.every((page) => page.closed || (page.calm && this.#recorder.isAtEnd(page.log)))
  }

  async #step(steps: readonly Step[]): Promise<void> {
    await this.#drawn(steps)()
    await this.#clock.settle()
  }

  /** One of them, by their weights. */
  #drawn(steps: readonly Step[]): Step[1] {
    let left = this.#random() * steps.reduce((all, [weight]) => all + weight, 0)
    for (const [weight, act] of steps) {
      left -= weight
      if (left < 0) return act
    }
    return () => {}
  }

  /** What may happen next; time may always pass, and stands first. */
  #steps(): Step[] {
    const steps: Step[] = [[6, () => this.#tick()]]
    for (const thread of this.#threads) steps.push(...this.#threadSteps(thread))
    if (this.#disk.busy) steps.push([5, () => this.#disk.move('done')])
    for (const connection of this.#network.moving)
      steps.push([4, () => connection.move(this.#network, this.#random() < 0.5)])
    const server = this.#server
    if (server === null) steps.push([2, () => this.#boot()])
    else if (server.over) steps.push([4, () => this.#fall()])
    else if (server.up) steps.push(...this.#usage(server))
    if (!this.#resting) steps.push(...this.#violence())
    return steps
  }

  #threadSteps(thread: Thread): Step[] {
    const { inbox, outbox, dead } = thread
    if (dead) return [[4, () => this.#exit(thread)]]
    const steps: Step[] = []
    if (inbox.length > 0) steps.push([8, () => thread.hear()])
    if (thread.busy) steps.push([8, () => thread.goOn()])
    if (outbox.length > 0) steps.push([8, () => thread.speak()])
    return steps
  }

  #usage(server: Server): Step[] {
    const steps: Step[] = []
    for (const sender of this.#senders)
      if (!sender.waits && (sender.owes || !this.#resting)) steps.push([2, () => sender.send(server)])
    const thread = this.#threads.at(-1)
    const { number } = server
    if (thread !== undefined && number !== undefined && !thread.full && !this.#resting)
      steps.push([this.#plan.brings, () => this.#bring(thread, number)])
    if (this.#resting) return steps
    steps.push([this.#plan.moderates, () => this.#moderator.act(server)])
    const { live, id } = server.streams.state(CHANNEL)
    if (this.#plan.stream && !this.#beginning && !live) steps.push([1, () => this.#beginStream(server)])
    if (id !== undefined && !this.#ending) steps.push([this.#plan.ends, () => this.#endStream(server, id)])
    return steps
  }

  #violence(): Step[] {
    const acts: Record<Fault, () => unknown> = {
      cut: () => this.#someConnection()?.cut(),
      freeze: () => Object.assign(this.#someConnection() ?? {}, { frozen: true }),
      slow: () => Object.assign(this.#someConnection() ?? {}, { weight: HEAVY }),
      'worker death': () => this.#threads.at(-1)?.dieAfter(1 + Math.floor(this.#random() * DEADLY_STEPS)),
      kill: () => this.#fall(),
      restart: () => this.#stop(),
      'clock jump': () => this.#clock.jump(pick(this.#random, [-1, 1]) * DAY_MS),
      'failing disk': () => this.#disk.move(pick(this.#random, ['refused', 'forgotten'])),
      'page anew': () => this.#reloadPage(),
      'long pause': () => this.#pass(pick(this.#random, [20_000, 60_000, 11 * 60_000])),
    }
    return FAULTS.filter((fault) => this.#isPossible(fault)).map((fault) => [
      this.#plan.violence[fault],
      () => this.#injected(fault, acts[fault]),
    ])
  }

  #injected(fault: Fault, act: () => unknown): unknown {
    this.#faults[fault]++
    return act()
  }

  /** Whether it would hit anything. */
  #isPossible(fault: Fault): boolean {
    if (fault === 'cut' || fault === 'freeze' || fault === 'slow') return this.#someConnection() !== undefined
    if (fault === 'worker death') return this.#threads.length > 0
    if (fault === 'kill') return this.#server !== null
    if (fault === 'restart') return this.#server?.up === true
    return fault !== 'failing disk' || this.#disk.busy
  }

  #tick(): void {
    try {
      this.#clock.tick()
    } catch (error) {
      if (!(error instanceof Died)) throw error
    }
  }

  /** Nothing but time: everything waits, and only what timers do happens. */
  async #pass(ms: number): Promise<void> {
    const until = this.#clock.now + ms
    while (this.#clock.now < until) {
      this.#tick()
      await this.#clock.settle()
      for (const thread of this.#threads) {
        while (!thread.dead && thread.inbox.length > 0) thread.hear()
        while (thread.busy) thread.goOn()
      }
      for (const thread of this.#threads) while (thread.outbox.length > 0) thread.speak()
      await this.#clock.settle()
    }
  }

  #boot(): void {
    const server = new Server({
      disk: this.#disk,
      network: this.#network,
      watcher: this.#recorder.watcher(() => this.#server === server),
      ringBytes: this.#plan.ringBytes,
      marksEvery: this.#plan.marksEvery,
    })
    this.#server = server
    // A server that cannot start is started again, as whoever watches processes does.
    server.start().then(
      () => this.#recorder.began(server.streams.state(CHANNEL).id),
      () => {
        if (this.#server === server) void this.#fall()
      },
    )
  }

  /** The process is gone, with all that only it knew. */
  async #fall(): Promise<void> {
    this.#server = null
    this.#beginning = this.#ending = false
    this.#threads.length = 0
    this.#clock.drop('server')
    this.#clock.drop('worker')
    this.#network.fall()
    for (const sender of this.#senders) sender.cutOff()
    await this.#disk.fall()
  }

  #stop(): void {
    const server = this.#server
    if (server?.up) void server.stop()
  }

  #exit(thread: Thread): void {
    const heard = this.#random() < 0.5 ? thread.outbox.length : Math.floor(this.#random() * thread.outbox.length)
    this.#threads.splice(this.#threads.indexOf(thread), 1)
    thread.exit(heard)
  }

  #beginStream(server: Server): void {
    this.#beginning = true
    server.streams.start(CHANNEL, 'An evening').then(
      ({ id }) => {
        this.#beginning = false
        if (this.#server === server) this.#recorder.streamBegan(id)
      },
      () => {
        if (this.#server !== server) return
        this.#beginning = false
        // It runs all the same where only its picture could not be emptied.
        const { id } = server.streams.state(CHANNEL)
        if (id !== undefined) this.#recorder.streamRuns(id)
      },
    )
  }

  #endStream(server: Server, stream: string): void {
    // It would wait for the begin, and nobody could say what belongs to the stream.
    if (this.#beginning) return
    this.#ending = true
    const noted = this.#recorder.streamEnds(stream)
    const over = (how: 'done' | 'failed') => {
      if (this.#server !== server) return
      this.#ending = false
      noted[how]()
    }
    server.streams.end(CHANNEL, false).then(
      () => over('done'),
      () => over('failed'),
    )
  }

  #bring(thread: Thread, number: number): void {
    const lines = Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => `c-${++this.#brought}`)
    lines.forEach((id, at) => {
      const nth = this.#brought - lines.length + 1 + at
      const sent = { id: `twitch:${id}`, by: 'connector', nth, taken: false, ...UNKEPT }
      this.#recorder.sent.push(sent)
    })
    thread.bring(number, lines.map((id) => ircLine(id, 'brought')).join('\r\n'), Date.now())
  }

  async #openPage(): Promise<void> {
    const delaySeconds = this.#random() < 0.2 ? 3 : 0
    const name = `page ${this.#pages.length + 1}`
    const blocked = this.#plan.blocked > 0 && this.#random() < this.#plan.blocked
    const page = new Page(name, this.#clock, { delaySeconds, ...(blocked && { host: BLOCKED_HOST }), ...this.#plants })
    this.#pages.push(page)
    await page.start()
    await this.#clock.settle()
  }

  async #reloadPage(): Promise<void> {
    const open = this.#pages.filter(({ closed }) => !closed)
    open[Math.floor(this.#random() * open.length)]?.close()
    await this.#openPage()
  }

  #someConnection() {
    const open = [...this.#network.connections].filter((each) => each.open)
    return open[Math.floor(this.#random() * open.length)]
  }
}
