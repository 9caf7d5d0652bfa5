import { parentPort, workerData } from 'node:worker_threads'
import type { FromWorker, ToWorker, WorkerStart } from './control.ts'
import { Intake } from './intake.ts'
import { platforms } from './platforms/index.ts'
import { Publisher } from './publish.ts'
import { QueueWriter } from './queue/writer.ts'
import { SCENARIOS, Simulator } from './simulator.ts'

/** The one producer thread: words in, records out. It introduces its platforms before it gets work. */

const port = parentPort
if (port === null) throw new Error('unified.worker is the entry of a thread; the server starts it.')
const { memory, owner } = workerData as WorkerStart
const answer = (word: FromWorker) => port.postMessage(word)

const writer = new QueueWriter(memory, owner)
const publisher = new Publisher(
  writer,
  platforms.map(({ about }) => about.id),
)
const intake = new Intake(platforms, publisher, answer)
const simulator = new Simulator(
  new Map(platforms.map(({ about }) => [about.id, about.samples])),
  (...sample) => intake.simulate(...sample),
  answer,
)

function hear(word: ToWorker): void {
  switch (word.type) {
    case 'push':
    case 'sample':
    case 'event':
      writer.nameJob(word.job)
      intake.take(word)
      writer.nameJob(0)
      break
    case 'open':
      intake.open(word)
      break
    case 'rules':
      intake.setRules(word.channel, word.rules)
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

function stop(): void {
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
})
