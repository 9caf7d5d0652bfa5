import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fingerprint } from '../../workers/fingerprint.ts'

const test = suite('fingerprint')

test('is a positive whole number that a double holds exactly', () => {
  for (const text of ['', 'a', 'twitch:00000000-0000-4000-8000-000000000000', '👋', 'x'.repeat(10_000)]) {
    const mark = fingerprint(text)
    assert.ok(Number.isSafeInteger(mark) && mark > 0, `${text.slice(0, 20)}: ${mark}`)
    assert.is(fingerprint(text), mark)
  }
})

test('tells half a million ids apart', () => {
  const marks = new Set<number>()
  for (let i = 0; i < 500_000; i++)
    marks.add(fingerprint(`twitch:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`))
  assert.is(marks.size, 500_000)
})

test('spreads over all its bits', () => {
  let high = 0
  for (let i = 0; i < 10_000; i++) if (fingerprint(`id-${i}`) > 2 ** 52) high++
  assert.ok(high > 4_700 && high < 5_300, String(high))
})

test.run()
