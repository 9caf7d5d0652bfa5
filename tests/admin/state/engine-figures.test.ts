import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  areaOf,
  DRAWN,
  describe,
  HEIGHT,
  highest,
  NOTHING,
  pathOf,
  STATED,
  WIDTH,
  written,
} from '../../../admin/state/engine-figures.ts'
import { sample } from '../samples.ts'

const test = suite('admin/state/engine-figures')

const figures = [...DRAWN, ...STATED]

test('gives every figure an id and a label of its own', () => {
  assert.is(new Set(figures.map(({ id }) => id)).size, figures.length)
  assert.is(new Set(figures.map(({ label }) => label)).size, figures.length)
})

test('writes every figure of an engine at rest and of one at work', () => {
  const spread = { p50: 3, p99: 900 }
  const work = sample(1, { latency: spread, lock: { held: spread, waited: spread } })
  for (const view of [sample(1), work]) {
    for (const figure of figures) {
      for (const line of figure.lines) assert.match(written(figure, line.of(view)), /^(\d|–$)/, figure.label)
    }
  }
})

test('writes nothing counted as nothing, not as none', () => {
  const latency = figures.find(({ id }) => id === 'latency')
  assert.ok(latency)
  assert.is(written(latency, latency.lines[0].of(sample(1))), NOTHING)
  assert.is(written(latency, undefined), NOTHING)
  assert.is(written(latency, 0), '0 µs')
})

test('finds the highest of a line, also where nothing was counted in between', () => {
  const latency = DRAWN.find(({ id }) => id === 'latency')
  assert.ok(latency)
  const samples = [sample(1, { latency: { p50: 5 } }), sample(2), sample(3, { latency: { p50: 2 } })]
  assert.is(highest(latency.lines[0], samples), 5)
  assert.is(highest(latency.lines[0], []), 0)
})

test('draws the newest value at the right edge and breaks off where nothing was counted', () => {
  assert.is(pathOf([0, 10], 3, 10), `M${WIDTH / 2}.0 ${HEIGHT - 2}.0L${WIDTH}.0 2.0`)
  assert.is(pathOf([10, null, 10], 3, 10), `M0.0 2.0h0M${WIDTH}.0 2.0h0`)
  assert.is(pathOf([], 3, 0), '')
})

test('closes the area below the line at the bottom', () => {
  assert.match(areaOf([10, 10], 3, 10), new RegExp(`L${WIDTH}.0 ${HEIGHT}L${WIDTH / 2}.0 ${HEIGHT}Z$`))
})

test('says in words what the picture shows', () => {
  const view = sample(1, { ring: { depth: 2_048, capacity: 4_096, recordsPerSecond: 500 }, worker: { busy: 0.126 } })
  const words = describe(view)
  assert.match(words, /holds 2 kB of 4 kB/)
  assert.match(words, /500 records a second/)
  assert.match(words, /busy 13 %/)
  assert.match(words, /Nothing is held back/)
  assert.match(describe(sample(1, { worker: { held: 1_024 } })), /1 kB are held back/)
})

test.run()
