import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tell } from '../help/tell.ts'
import { failureText, fireFew } from './run.ts'
import { TARGETS } from './targets.ts'

/** A short run at every target, the same each time; `npm run soak -- fuzz` goes on from where nobody has been. */

const SEED = 1

const test = suite('fuzz')

for (const target of TARGETS) {
  test(`${target.name}: takes or refuses whatever comes`, async () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    const { failures, inputs, refused } = await fireFew(target, SEED, target.few)
    assert.is(failures.length, 0, failures.map((failure) => failureText(target.name, failure)).join('\n\n'))
    assert.is(inputs, target.few)
    assert.ok(refused < inputs, 'something is taken')
    assert.equal(Object.getOwnPropertyNames(Object.prototype), before)
  })
}

test.after(() => tell(`${TARGETS.reduce((sum, { few }) => sum + few, 0)} fuzzed inputs from seed ${SEED} on`))

test.run()
