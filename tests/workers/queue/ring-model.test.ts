import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tell } from '../../help/tell.ts'
import { explore, type Outcome } from '../../model/explore.ts'
import { lookingFirst, publishingFirst, type RingVariant, ringModel } from '../../model/ring-model.ts'

const test = suite('ring, every interleaving')

async function walk(name: string, deaths: number, variant?: RingVariant): Promise<Outcome> {
  const outcome = await explore(ringModel(name, deaths, variant))
  const verdict = outcome.broken === null ? 'holds' : `broken: ${outcome.broken.what}`
  tell(`${name}: ${outcome.states} states, ${Math.round(outcome.ms)} ms, ${verdict}`)
  for (const [index, step] of (outcome.broken?.trace ?? []).entries())
    tell(`  ${String(index + 1).padStart(2)}. ${step}`)
  return outcome
}

test('gives every record whole, once and in order, and never sleeps through one', async () => {
  assert.is((await walk('a writer and a reader', 0)).broken, null)
})

test('keeps what was published and hides the rest when the writer dies at any step', async () => {
  assert.is((await walk('a writer that dies at every step', 1)).broken, null)
})

test('finds that publishing before copying shows a torn record', async () => {
  const { broken } = await walk('publishes before it copies', 1, publishingFirst)
  assert.match(broken?.what ?? '', /torn/)
})

test('finds that looking before announcing the sleep loses a wake-up', async () => {
  const { broken } = await walk('looks before it says that it sleeps', 0, lookingFirst)
  assert.match(broken?.what ?? '', /waits for ever/)
})

test.run()
