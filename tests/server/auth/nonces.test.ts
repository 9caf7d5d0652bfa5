import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_NONCES, NONCE_MS, Nonces } from '../../../server/auth/nonces.ts'

const test = suite('auth/nonces')

test('knows its own words for a minute, and so many at a time', () => {
  let now = 0
  const nonces = new Nonces(() => now)
  const first = nonces.make()
  assert.equal([nonces.has(first), nonces.has('another')], [true, false])
  now = NONCE_MS
  assert.is(nonces.has(first), false)
  const second = nonces.make()
  for (let n = 0; n < MAX_NONCES; n++) nonces.make()
  assert.is(nonces.has(second), false)
})

test.run()
