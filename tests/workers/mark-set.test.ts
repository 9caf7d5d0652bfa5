import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fingerprint } from '../../workers/fingerprint.ts'
import { MarkSet } from '../../workers/mark-set.ts'
import { pick, seeded } from '../../workers/random.ts'

const test = suite('mark set')

test('holds what a Set holds, whatever is added and forgotten, in whatever order', () => {
  const random = seeded(11)
  const marks = Array.from({ length: 400 }, (_, nth) => (nth % 2 === 0 ? fingerprint(`id ${nth}`) : 1 + nth * 64))
  const [ours, theirs] = [new MarkSet(), new Set<number>()]
  for (let step = 0; step < 20_000; step++) {
    const mark = pick(random, marks as [number, ...number[]])
    if (random() < 0.5) {
      ours.add(mark)
      theirs.add(mark)
    } else {
      ours.delete(mark)
      theirs.delete(mark)
    }
    assert.is(ours.size, theirs.size)
    if (step % 100 === 0) for (const each of marks) assert.is(ours.has(each), theirs.has(each))
  }
})

test('does not grow by what is added and forgotten again and again', () => {
  const set = new MarkSet()
  for (let nth = 1; nth <= 10_000; nth++) {
    set.add(nth)
    set.delete(nth)
  }
  assert.is(set.size, 0)
  assert.is(set.bytes, new MarkSet().bytes)
})

test('takes 13 bytes for each of ten thousand', () => {
  const set = new MarkSet()
  for (let nth = 0; nth < 10_000; nth++) set.add(fingerprint(`id ${nth}`))
  assert.is(set.size, 10_000)
  assert.is(set.bytes, 131_072)
})

test.run()
