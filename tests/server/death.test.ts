import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Deaths, FAILING_WITHIN_MS, TOO_MANY_FAILURES } from '../../server/death.ts'

const test = suite('deaths')

test('let the next life begin at once, until too many of one minute failed', () => {
  const deaths = new Deaths()
  const pauses = Array.from({ length: TOO_MANY_FAILURES + 2 }, (_, second) => {
    deaths.worked()
    return deaths.pauseAfter('heap', 0, second * 1_000)
  })
  assert.equal(pauses, [0, 0, 0, 0, 100, 200, 400])
  assert.is(deaths.failing(6_000), TOO_MANY_FAILURES + 2)
  deaths.worked()
  assert.is(deaths.pauseAfter('heap', 0, 6_000 + FAILING_WITHIN_MS), 0, 'a minute later it is one again')
})

test('that are nobody’s fault count only where no work was done between them', () => {
  const deaths = new Deaths()
  for (let life = 0; life < 20; life++) {
    deaths.worked()
    assert.is(deaths.pauseAfter('exit', 0, life), 0)
  }
  assert.is(deaths.failing(20), 0)
  assert.equal(
    Array.from({ length: 10 }, () => deaths.pauseAfter('exit', 0, 20)),
    [0, 0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000],
  )
})

test.run()
