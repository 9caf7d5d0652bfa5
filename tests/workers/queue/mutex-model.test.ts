import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tell } from '../../help/tell.ts'
import { explore, type Outcome } from '../../model/explore.ts'
import { type MutexOptions, mutexModel } from '../../model/mutex-model.ts'
import { stealing, wakingNobody, wakingOnlyForOwners } from '../../model/variants.ts'

const test = suite('mutex, every interleaving')

async function walk(options: MutexOptions): Promise<Outcome> {
  const outcome = await explore(mutexModel(options))
  const verdict = outcome.broken === null ? 'holds' : `broken: ${outcome.broken.what}`
  tell(`${options.name}: ${outcome.states} states, ${Math.round(outcome.ms)} ms, ${verdict}`)
  return outcome
}

function tellTrace({ broken }: Outcome): void {
  for (const [index, step] of (broken?.trace ?? []).entries()) tell(`  ${String(index + 1).padStart(2)}. ${step}`)
  tell(`  → ${broken?.what}`)
}

for (const options of [
  { name: 'two threads, twice each', threads: 2, main: false, deaths: 0, rounds: 2 },
  { name: 'three threads', threads: 3, main: false, deaths: 0, rounds: 1 },
  { name: 'a thread and main, twice each, a death at every step', threads: 1, main: true, deaths: 1, rounds: 2 },
  { name: 'two threads and main', threads: 2, main: true, deaths: 0, rounds: 1 },
  { name: 'two threads and main, a death at every step', threads: 2, main: true, deaths: 1, rounds: 1 },
  { name: 'two threads and main, two deaths at every step', threads: 2, main: true, deaths: 2, rounds: 1 },
] satisfies MutexOptions[]) {
  test(`excludes, wakes and recovers: ${options.name}`, async () => {
    const outcome = await walk(options)
    if (outcome.broken !== null) tellTrace(outcome)
    assert.is(outcome.broken, null)
  })
}

test('finds that nobody recovers a dead owner’s lock without a supervisor', async () => {
  const outcome = await walk({ name: 'a death, nobody buries', threads: 2, main: false, deaths: 1, unsupervised: true })
  assert.match(outcome.broken?.what ?? '', /waits for ever/)
  tellTrace(outcome)
})

test('finds that stealing an expired lease breaks mutual exclusion', async () => {
  const outcome = await walk({ name: 'steals an expired lease', threads: 2, main: false, deaths: 0, variant: stealing })
  assert.is(outcome.broken?.what, 'two are inside at once')
  tellTrace(outcome)
})

test('finds that waking only for a dead owner loses a wake-up', async () => {
  const options = {
    name: 'wakes only when the dead was owner',
    threads: 2,
    main: false,
    deaths: 1,
    variant: wakingOnlyForOwners,
  }
  const outcome = await walk(options)
  assert.match(outcome.broken?.what ?? '', /waits for ever/)
  tellTrace(outcome)
})

test('finds that waking nobody leaves sleepers asleep', async () => {
  const outcome = await walk({ name: 'wakes nobody', threads: 2, main: false, deaths: 1, variant: wakingNobody })
  assert.match(outcome.broken?.what ?? '', /waits for ever/)
  tellTrace(outcome)
})

test.run()
