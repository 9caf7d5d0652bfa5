import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tell } from '../help/tell.ts'
import { chapter } from '../soak/faults/chapter.ts'
import { tellFailure } from '../soak/faults/failure.ts'
import { Figures } from '../soak/faults/figures.ts'
import { Ground } from '../soak/faults/ground.ts'
import { herd } from '../soak/faults/kinds/herd.ts'
import { kill } from '../soak/faults/kinds/kill.ts'
import { poison } from '../soak/faults/kinds/poison.ts'
import { restart } from '../soak/faults/kinds/restart.ts'
import { roughNetwork } from '../soak/faults/kinds/rough-network.ts'
import { workerDeath } from '../soak/faults/kinds/worker-death.ts'
import { installBrowser } from '../soak/faults/reader.ts'

const test = suite('faults of every kind')
const SEED = 7
const ROOMS = 2
const HERD = 60

test('lose, double, reorder and invent nothing for pages of every kind, one after the other under load', async () => {
  installBrowser()
  const ground = await Ground.make({ small: false })
  const figures = new Figures()
  const faults = [workerDeath, roughNetwork, herd(HERD), poison, roughNetwork, kill, restart]
  const told = await chapter({ seed: SEED, ground, rooms: ROOMS, figures, faults })
  ground.remove()
  if (told.findings.length > 0) await tellFailure(told, 'node scripts/run-test.mjs tests/faults/faults.test.ts')
  assert.equal(told.findings, [], told.output)
  assert.is(figures.injections, faults.length)
  for (const line of figures.lines) tell(line)
})

test.run()
