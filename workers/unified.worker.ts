import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerStart } from './control.ts'
import { Emotes } from './emotes/emotes.ts'
import { Hooks, type InHand } from './hooks.ts'
import { Intake } from './intake.ts'
import { ownThread } from './own-thread.ts'
import { platforms } from './platforms/index.ts'
import { BadName, type Ground } from './platforms/platform.ts'
import { Publisher } from './publish.ts'
import { QueueWriter } from './queue/writer.ts'
import { Rota, type Steppable } from './rota.ts'
import { SCENARIOS, Simulator } from './simulator.ts'
import { Sources } from './sources.ts'
import { visible } from './text.ts'

/** The one producer thread: words in, records out. It introduces its platforms before it gets work. */

const port = parentPort
if (port === null) throw new Error('unified.worker is the entry of a thread; the server starts it.')
const { memory, owner, outside } = workerData as WorkerStart
const answer = (word: FromWorker) => port.postMessage(word)

const writer = new QueueWriter(memory, owner)
const publisher = new Publisher(
  writer,
  platforms.map(({ about }) => about.id),
)
const ground: Ground = {
  settings: outside.settings,
  ms: (ms) => Math.ceil(ms / outside.haste),
  now: Date.now,
  steady: () => performance.now(),
  random: Math.random,
}
const emotes = new Emotes(platforms, ground, outside.cacheDir, (...flaw) => intake.flaw(...flaw))
const intake: Intake = new Intake(platforms, publisher, answer, (...draft) => emotes.dress(...draft))
const simulator = new Simulator(
  new Map(platforms.map(({ about }) => [about.id, about.samples])),
  (...sample) => intake.simulate(...sample),
  answer,
)

/** What is in hand when the thread dies is the suspect: a job, or, as a negative number, a source. */
let hand = 0
const inHand: InHand = (job, act) => {
  const before = hand
  hold(job)
  const outcome = act()
  hold(before)
  return outcome
}
function hold(job: number): void {
  hand = job
  writer.nameJob(job)
}
const sources = new Sources(platforms, { intake, ground, answer, inHand, listener: emotes })
const hooks = new Hooks(platforms, ground, intake, inHand, (...told) => sources.delivered(...told))

const rota = new Rota(inHand)
/** Set while the next piece of a job is due. */
let next: NodeJS.Immediate | null = null

/** What is short is done at once; after each piece of what is long, the other words come first. */
function take(job: Steppable): void {
  rota.add(job, intake.steps(job))
  if (next === null) goOn()
}

function goOn(): void {
  rota.step()
  next = rota.busy ? setImmediate(goOn) : null
}

function hear(word: ToWorker): void {
  switch (word.type) {
    case 'push':
    case 'sample':
    case 'event':
      take(word)
      break
    case 'hook':
      void hooks.take(word)
      break
    case 'follow':
      sources.follow(word.source)
      break
    case 'unfollow':
      sources.unfollow(word.channel, word.platform)
      break
    case 'retry':
      sources.retry(word.channel, word.platform)
      break
    case 'name':
      answer(named(word))
      break
    case 'open':
      intake.open(word)
      break
    case 'rules':
      intake.setRules(word.channel, word.rules)
      break
    case 'try':
      answer({ type: 'tried', ask: word.ask, verdict: intake.try(word.channel, word.trial) })
      break
    case 'close':
      intake.close(word.channel)
      break
    case 'run':
      simulator.start(word.run)
      break
    case 'cancel':
      simulator.cancel(word.run)
      break
    case 'ping':
      answer({ type: 'pong', n: word.n, held: publisher.held })
      break
    case 'stop':
      stop()
      break
  }
}

function named({ ask, platform, typed, options }: Extract<ToWorker, { type: 'name' }>): FromWorker {
  try {
    const known = platforms.find(({ about }) => about.id === platform)
    if (known?.nameOf === undefined) throw new BadName('This platform’s channels cannot be followed.')
    return { type: 'named', ask, name: known.nameOf(visible(typed), options) }
  } catch (error) {
    if (error instanceof BadName) return { type: 'unnamed', ask, problem: error.message }
    intake.flaw(platform, error)
    return { type: 'unnamed', ask, problem: 'That name could not be read.' }
  }
}

function stop(): void {
  while (rota.busy) rota.step()
  sources.stop()
  void emotes.close()
  simulator.stop()
  publisher.whenWritten(() => {
    answer({ type: 'stopped' })
    port?.close()
  })
}

port.on('message', hear)
// Last, after all imports: a polluted prototype must not be possible in the thread that reads foreign payloads.
Object.freeze(Object.prototype)
answer({
  type: 'ready',
  platforms: platforms.map(({ about }) => about),
  scenarios: SCENARIOS.map(({ id, label }) => ({ id, label })),
  thread: ownThread(),
})
