import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { placesOf } from '../../../workers/archive/needle.ts'

const test = suite('archive/needle')

const NOTICE = String.raw`kind\":\"notice`

test('finds a needle wherever it stands, also over the border of what is looked through at a time', () => {
  const border = 64 * 1024
  for (const needle of ['otter', 'a (b) [c]', NOTICE]) {
    for (const at of [0, 1, border - needle.length, border - 3, border - 1, border, border + 1, 3 * border - 2]) {
      const bytes = Buffer.alloc(4 * border, '~')
      bytes.write(needle, at)
      assert.equal(placesOf(bytes, needle === NOTICE ? 'zz' : needle), [at], `${needle} at ${at}`)
    }
  }
})

test('finds all of them, in order, whatever their capitals', () => {
  const bytes = Buffer.from(`OTTER${'~'.repeat(70_000)}Otter otter`)
  assert.equal(placesOf(bytes, 'otter'), [0, 70_005, 70_011])
  assert.equal(placesOf(bytes, 'heron'), [])
})

test.run()
