import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tell } from '../help/tell.ts'
import { Checker } from '../soak/queue/checker.ts'
import { inWords, noFigures } from '../soak/queue/figures.ts'
import { makeNoise, putRecord } from '../soak/queue/made.ts'
import { planOf } from '../soak/queue/plan.ts'
import { compileSoak, runQueue } from '../soak/runner.ts'

const test = suite('queue violence')
const SEEDS = Array.from({ length: 36 }, (_, index) => index + 1)
const LEAST_TERMINATIONS = 200
const OWNER = 3
const SHAPE = { largest: 200, skew: 1, batch: 1 }

/** What the checker says of one ring out of which these records of one writer come. */
function verdictOn(seqs: number[], spoil: (bytes: Buffer) => void = () => {}) {
  const noise = makeNoise(SHAPE.largest)
  const figures = noFigures()
  const checker = new Checker(figures, noise, SHAPE)
  checker.expect(OWNER)
  const bytes = Buffer.alloc(seqs.length * 300)
  const target = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset) }
  let end = 0
  for (const seq of seqs) end = putRecord(target, end, new Uint8Array(noise), OWNER, seq, SHAPE)
  spoil(bytes)
  checker.check(bytes.subarray(0, end))
  const { lost, doubled, outOfOrder, torn } = figures
  return { last: checker.last(OWNER), lost, doubled, outOfOrder, torn }
}

test('is judged by a checker that tells whole, lost, doubled, late and torn records apart', () => {
  const whole = { last: 4, lost: 0, doubled: 0, outOfOrder: 0, torn: 0 }
  assert.equal(verdictOn([1, 2, 3, 4]), whole)
  assert.equal(verdictOn([1, 4]), { ...whole, lost: 2 })
  assert.equal(verdictOn([1, 2, 2, 3, 4, 1]), { ...whole, doubled: 2 })
  assert.equal(verdictOn([1, 3, 2, 4]), { ...whole, outOfOrder: 1 })
  for (const byte of [8, 20, 45, 70]) {
    const flip = (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(byte) ^ 1, byte)
    assert.is(verdictOn([1, 2, 3, 4], flip).torn, 1, `byte ${byte} of the first record`)
  }
})

test('is the same for the same seed', () => {
  assert.equal(planOf(77), planOf(77))
  assert.not.equal(planOf(77), planOf(78))
})

test('costs no record, whole, once and in order, however its writers are paused and terminated (seeded)', async () => {
  const { figures, failed, seeds } = await runQueue(await compileSoak(), { order: { seeds: SEEDS } })
  tell(`seeds ${SEEDS[0]} to ${SEEDS.at(-1)}: ${inWords(figures)}`)
  const replay = `npm run soak -- queue --replay ${failed?.seed} --minutes 1`
  assert.is(failed, null, `seed ${failed?.seed}: ${failed?.why}\nAgain: ${replay}`)
  assert.is(seeds, SEEDS.length)
  assert.ok(figures.terminations >= LEAST_TERMINATIONS, `${figures.terminations} terminations`)
  assert.ok(figures.held > 0 && figures.paused > 0 && figures.records > 0)
})

test.run()
