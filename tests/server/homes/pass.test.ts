import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seal } from '../../../server/auth/seal.ts'
import { Passes } from '../../../server/homes/pass.ts'

const NOW = 1_700_000_000_000
const OLD = Buffer.alloc(32, 1)
const NEW = Buffer.alloc(32, 2)

const test = suite('passes between nodes')

test('fit where they were made for, on every node with the same secret', () => {
  const pass = new Passes(new Seal([OLD])).make('POST', '/api/streams?a=1', NOW)
  const there = new Passes(new Seal([NEW, OLD]))
  assert.ok(there.fits(pass, 'POST', '/api/streams?a=1', NOW + 59_000))
  assert.ok(there.fits(pass, 'POST', '/api/streams?a=1', NOW - 59_000))
})

test('fit nowhere else, and not for long', () => {
  const passes = new Passes(new Seal([OLD]))
  const pass = passes.make('POST', '/api/streams', NOW)
  assert.not.ok(passes.fits(pass, 'GET', '/api/streams', NOW))
  assert.not.ok(passes.fits(pass, 'POST', '/api/streams/live/end', NOW))
  assert.not.ok(passes.fits(pass, 'POST', '/api/streams', NOW + 61_000))
  assert.not.ok(passes.fits(pass.replace(String(NOW), String(NOW + 1)), 'POST', '/api/streams', NOW))
  assert.not.ok(new Passes(new Seal([NEW])).fits(pass, 'POST', '/api/streams', NOW))
})

test('that are none fit nothing', () => {
  const passes = new Passes(new Seal([OLD]))
  for (const pass of ['', '.', 'x.y', `${NOW}`, `${NOW}.`, `NaN.${'a'.repeat(43)}`]) {
    assert.not.ok(passes.fits(pass, 'GET', '/', NOW), pass)
  }
})

test.run()
