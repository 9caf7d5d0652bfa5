import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { arcOf, CELLS, type EngineState, engine, glow, NO_ENGINE, SAMPLES } from '../../../admin/state/engine.ts'
import type { EngineView } from '../../../server/api/engine.ts'
import { sample } from '../samples.ts'

const test = suite('admin/state/engine')

const after = (samples: EngineView[], state: EngineState = NO_ENGINE) =>
  samples.reduce((now, each) => engine(now, { sample: each }), state)
/** The ring with its tail at so many of 960 bytes, after so many in all. */
const ringAt = (bytes: number, depth = 0) => ({ ring: { tail: bytes % 960, bytes, depth } })

test('keeps the last minute, and each measurement once', () => {
  const state = after(Array.from({ length: SAMPLES + 5 }, (_, i) => sample(i)))
  assert.is(state.samples.length, SAMPLES)
  assert.is(state.samples.at(-1)?.at, SAMPLES + 4)
  assert.is(after([sample(SAMPLES + 4)], state), state)
})

test('turns the hands forward over the top, never back', () => {
  const state = after([sample(1, ringAt(800)), sample(2, ringAt(1_120, 80))])
  assert.is(state.tail, 420)
  assert.is(state.head, 390)
  assert.is(after([sample(3, ringAt(1_120))], state).head, 420)
})

test('begins anew where the ring of the next worker stands', () => {
  const before = after([sample(1, ringAt(800))])
  const next = sample(2, { ring: { tail: 80, bytes: 880 }, worker: { restarts: 1 } })
  assert.is(after([next], before).tail, 30)
})

test('keeps what it has seen while no answer comes', () => {
  const error = new ApiError(0, { message: 'gone' })
  const state = engine(after([sample(1)]), { error })
  assert.is(state.samples.length, 1)
  assert.is(state.error, error)
  assert.is(after([sample(1)], state).error, null)
  assert.is(after([sample(2)], state).error, null)
})

test('lets the segments glow that the line has just passed, less the longer ago', () => {
  const lit = glow([sample(0, ringAt(0)), sample(1_000, ringAt(240)), sample(2_000, ringAt(480))])
  assert.is(lit.length, CELLS)
  assert.ok((lit[CELLS / 2 - 1] ?? 0) > 0.95, 'just passed')
  assert.ok((lit[CELLS / 4 - 1] ?? 0) < 0.9 && (lit[CELLS / 4 - 1] ?? 0) > 0.7, 'a second ago')
  assert.is(lit[CELLS / 2 + 1], 0, 'not passed yet')
})

test('lets the glow fade when nothing moves any more', () => {
  const moved = [sample(0, ringAt(0)), sample(1_000, ringAt(480))]
  assert.is(Math.max(...glow([...moved, sample(20_000, ringAt(480))])), 0)
  assert.is(Math.max(...glow([])), 0)
})

test('draws what is there, however little, and no more than a round', () => {
  assert.is(arcOf(0, 960, 2), 0)
  assert.is(arcOf(1, 960, 2), 2)
  assert.is(arcOf(240, 960, 2), 90)
  assert.ok(arcOf(960, 960, 2) < 360)
  assert.is(arcOf(5, 0, 2), 0)
})

test.run()
