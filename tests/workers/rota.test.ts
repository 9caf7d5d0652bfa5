import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventJob } from '../../workers/job.ts'
import { Rota } from '../../workers/rota.ts'
import { trialDraft } from '../../workers/trial.ts'

const test = suite('rota')
const draft = trialDraft({ text: 'hello', name: 'Noodle_Knight', person: null, first: false, rules: null })

/** A rota that notes which job each piece was of. */
function open() {
  const took: number[] = []
  const rota = new Rota((job, act) => {
    took.push(job)
    return act()
  })
  const add = (job: number, channel: number, pieces: number) => rota.add(jobOf(job, channel), piecesOf(pieces))
  const finish = () => {
    while (rota.busy) rota.step()
    return took
  }
  return { rota, add, finish }
}

function jobOf(job: number, channel: number): EventJob {
  return { type: 'event', job, channel, receivedAt: 0, delivery: `d-${job}`, draft }
}

function* piecesOf(count: number): Generator<void, unknown, void> {
  for (let piece = 1; piece < count; piece++) yield
  return null
}

test('lets another channel in after one piece of a long job', () => {
  const { rota, add, finish } = open()
  add(1, 7, 4)
  rota.step()
  add(2, 8, 1)
  add(3, 9, 2)
  assert.equal(finish(), [1, 1, 2, 3, 1, 3, 1])
})

test('does the jobs of a channel one after the other', () => {
  const { add, finish } = open()
  add(1, 7, 3)
  add(2, 7, 1)
  add(3, 7, 2)
  assert.equal(finish(), [1, 1, 1, 2, 3, 3])
})

test('has nothing to do when all is done', () => {
  const { rota, add, finish } = open()
  assert.is(rota.busy, false)
  add(1, 7, 1)
  assert.is(rota.busy, true)
  finish()
  assert.is(rota.busy, false)
  rota.step()
})

test('does not try a job again that threw', () => {
  const rota = new Rota((_, act) => act())
  rota.add(jobOf(1, 7), {
    next() {
      throw new Error('broken')
    },
  })
  assert.throws(() => rota.step(), /broken/)
  assert.is(rota.busy, false)
})

test.run()
