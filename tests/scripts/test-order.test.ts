import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/child.ts'
import { longestFirst, SECONDS } from '../../scripts/test-order.ts'

const order = suite('test-order')

order('puts the longest first, and leaves the others as they are', () => {
  const seconds = { long: 9, longer: 10 }
  assert.equal(longestFirst(['b', 'long', 'a', 'longer'], seconds), ['longer', 'long', 'b', 'a'])
})

order('names only files that are there', () => {
  assert.equal(
    Object.keys(SECONDS).filter((file) => !existsSync(join(ROOT, file))),
    [],
  )
})

order.run()
