import { setInterval } from 'node:timers'
import { seeded } from '../../../workers/random.ts'
import { jumpClock } from './clock.ts'
import { type Figures, noFigures } from './figures.ts'
import { makeNoise } from './made.ts'
import { LARGEST_RING_BYTES, planOf } from './plan.ts'
import { type Common, runRing } from './ring.ts'
import type { FromRun, Order, ToRun } from './words.ts'

/** The entry of the running process: seed after seed, each told when it begins and when it ends. Ends with 1 at a failure. */

/** Nothing moved for so many looks: stuck. A stopped process makes no looks, so it is not to blame for its pauses. */
const LOOK_EVERY_MS = 250
const LOOKS_WITHOUT_PROGRESS = 40

const noise = makeNoise(LARGEST_RING_BYTES)
const order = JSON.parse(process.argv[2] ?? '') as Order
let moved = 0
let owners = 1
let enough = false
process.on('message', (_: ToRun) => {
  enough = true
})
process.once('disconnect', () => process.exit())

for (const seed of seedsOf(order)) {
  tell({ type: 'begin', seed })
  const figures = await runSeed(seed)
  tell({ type: 'end', seed, figures })
  if (isBroken(figures)) process.exit(1)
  if (enough) break
}
process.exit()

function* seedsOf(order: Order): Generator<number> {
  if ('seeds' in order) yield* order.seeds
  else if ('replay' in order) for (;;) yield order.replay
  else for (let seed = order.from; ; seed++) yield seed
}

async function runSeed(seed: number): Promise<Figures> {
  const figures = noFigures()
  const plan = planOf(seed)
  const random = seeded(seed + 1)
  const giveBack = plan.clockJumps ? jumpClock(random) : () => {}
  const common: Common = {
    figures,
    noise,
    clockJumps: plan.clockJumps,
    random,
    newOwner: () => owners++,
    progress: () => moved++,
  }
  const watch = watchProgress(seed, figures)
  for (const ring of plan.rings) await runRing(common, ring)
  clearInterval(watch)
  giveBack()
  return figures
}

/** Keeps the process alive, too: a pending wait does not. */
function watchProgress(seed: number, figures: Figures): NodeJS.Timeout {
  let looks = 0
  let before = moved
  return setInterval(() => {
    looks = moved === before ? looks + 1 : 0
    before = moved
    if (looks < LOOKS_WITHOUT_PROGRESS) return
    figures.faults.push('Stuck: nothing moved any more.')
    tell({ type: 'end', seed, figures })
    process.exit(1)
  }, LOOK_EVERY_MS)
}

function isBroken({ lost, doubled, outOfOrder, torn, stolen, faults }: Figures): boolean {
  return lost + doubled + outOfOrder + torn + stolen + faults.length > 0
}

function tell(word: FromRun): void {
  process.send?.(word)
}
