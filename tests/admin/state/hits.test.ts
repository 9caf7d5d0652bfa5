import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HitPager } from '../../../admin/state/hits.ts'
import type { PageView } from '../../../server/api/shapes.ts'
import type { SearchHit } from '../../../server/api/transcripts.ts'

const test = suite('search over all streams')
const stream = { id: 's', title: 't', startedAt: 1, endedAt: 2, messages: 3 }
const gap = { kind: 'gap', count: 1, at: 1, reason: 'slow' } as const
const hit: SearchHit = { stream, event: gap, before: null, after: null, from: 'x' }

test('goes on over pages that hold nothing', async () => {
  const cursors: (string | null)[] = []
  const pages: PageView<SearchHit>[] = [
    { items: [], next: 'a' },
    { items: [hit], next: 'b' },
    { items: [hit, hit], next: null },
  ]
  const pager = new HitPager(async (_, cursor) => {
    cursors.push(cursor)
    return pages[cursors.length - 1] ?? { items: [], next: null }
  })
  await pager.start('owl')
  assert.equal([pager.hits.value?.items.length, pager.hits.value?.next], [1, 'b'])
  await pager.more()
  assert.equal([pager.hits.value?.items.length, pager.hits.value?.next], [3, null])
  assert.equal(cursors, [null, 'a', 'b'])
})

test('throws away an answer to what is no longer asked', async () => {
  let answer: (page: PageView<SearchHit>) => void = () => {}
  const pager = new HitPager((q) => {
    if (q === 'new') return Promise.resolve({ items: [], next: null })
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  const old = pager.start('old')
  await pager.start('new')
  answer({ items: [hit], next: null })
  await old
  assert.equal(pager.hits.value, { q: 'new', items: [], next: null })
  await pager.start(' ')
  assert.is(pager.hits.value, null)
})

test('asks again what failed, also where nothing was found before', async () => {
  let broken = true
  const pager = new HitPager(async () => {
    if (broken) throw new Error('away')
    return { items: [hit], next: null }
  })
  await pager.start('owl')
  assert.is.not(pager.error.value, null)
  broken = false
  await pager.again()
  assert.equal([pager.error.value, pager.hits.value?.items.length], [null, 1])
})

test.run()
