import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SampleKind } from '../../workers/about.ts'
import type { FromWorker } from '../../workers/control.ts'
import type { RunOrder, SampleRequest } from '../../workers/job.ts'
import { Simulator } from '../../workers/simulator.ts'

const test = suite('simulator')
const KINDS = new Map<string, readonly SampleKind[]>([
  ['one', ['message', 'sub', 'cheer']],
  ['two', ['message']],
])
const ORDER: RunOrder = {
  id: 'run',
  channel: 1,
  scenario: 'quiet',
  platforms: ['one', 'two'],
  count: 30,
  perSecond: 500,
  seed: 7,
  from: 0,
}

type Word = Extract<FromWorker, { type: 'run' }>
type Made = { platform: string; fields: SampleRequest; delivery: string }

/** Plays until a word about the run is the one that is waited for. */
function play(order: RunOrder, until: (word: Word, simulator: Simulator) => boolean) {
  const made: Made[] = []
  const words: Word[] = []
  return new Promise<{ made: Made[]; words: Word[] }>((resolve) => {
    const simulator = new Simulator(
      KINDS,
      (_channel, platform, fields, delivery) => made.push({ platform, fields, delivery }),
      (word) => {
        if (word.type !== 'run') return
        words.push(word)
        if (until(word, simulator)) resolve({ made, words })
      },
    )
    simulator.start(order)
  })
}

const finished = (word: Word) => word.finished

test('makes as many as were asked for, the same for the same seed', async () => {
  const [first, again, other] = await Promise.all([7, 7, 8].map((seed) => play({ ...ORDER, seed }, finished)))
  assert.is(first?.made.length, 30)
  assert.equal(first?.words.at(-1), { type: 'run', id: 'run', made: 30, finished: true })
  assert.equal(first?.made, again?.made)
  assert.not.equal(first?.made, other?.made)
})

test('goes on where a dead thread left it', async () => {
  const [whole, rest] = await Promise.all([play(ORDER, finished), play({ ...ORDER, from: 20 }, finished)])
  assert.equal(rest.made, whole.made.slice(20))
})

test('asks a platform for no kind that it does not have', async () => {
  const { made } = await play({ ...ORDER, count: 300, platforms: ['two'] }, finished)
  assert.ok(made.every(({ fields }) => fields.kind === 'message'))
})

test('tells how far a slow run is while it plays', async () => {
  const { words, made } = await play({ ...ORDER, perSecond: 20 }, (word) => !word.finished)
  assert.is(words[0]?.made, made.length)
})

test('tells how far a run came that is cancelled', async () => {
  const { words, made } = await play({ ...ORDER, perSecond: 20 }, (word, simulator) => {
    if (!word.finished) simulator.cancel('run')
    return word.finished
  })
  assert.equal(words.at(-1), { type: 'run', id: 'run', made: made.length, finished: true })
})

test.run()
