import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError, type TranscriptAsk } from '../../../admin/api.ts'
import { TranscriptPager } from '../../../admin/state/pager.ts'
import type { EventsView } from '../../../server/api/transcripts.ts'
import { message } from '../events.ts'

const test = suite('admin/state/pager')

const ALL = { q: '', platform: '', withoutSimulated: false }

test('asks page after page and stops at the end', async () => {
  const asked: (string | null)[] = []
  const pager = new TranscriptPager(async ({ cursor }) => {
    asked.push(cursor)
    return { items: [message(asked.length)], next: asked.length < 2 ? 'c2' : null }
  })
  await pager.start(ALL)
  await pager.more()
  await pager.more()
  assert.equal(asked, [null, 'c2'])
  assert.is(pager.transcript.value.rows.length, 2)
})

test('throws away the answer to a question that is no longer asked', async () => {
  const open: { ask: TranscriptAsk; answer: (page: EventsView) => void }[] = []
  const pager = new TranscriptPager((ask) => new Promise((answer) => open.push({ ask, answer })))
  const first = pager.start(ALL)
  const second = pager.start({ ...ALL, q: 'tea' })
  open[1]?.answer({ items: [message(2)], next: null })
  open[0]?.answer({ items: [message(1), message(3)], next: null })
  await Promise.all([first, second])
  assert.equal(
    pager.transcript.value.rows.map(({ item }) => item.kind !== 'gap' && item.id),
    ['red:2'],
  )
})

test('keeps what it has when a page fails, and takes it at the next try', async () => {
  let calls = 0
  const pager = new TranscriptPager(async () => {
    calls++
    if (calls === 2) throw new ApiError(503, { message: 'The server is busy.' })
    return { items: [message(calls)], next: calls < 3 ? 'next' : null }
  })
  await pager.start(ALL)
  await pager.more()
  assert.is(pager.error.value?.message, 'The server is busy.')
  assert.is(pager.transcript.value.rows.length, 1)
  await pager.more()
  assert.is(pager.error.value, null)
  assert.is(pager.transcript.value.rows.length, 2)
})

test('asks a new question again that failed, from its start, and not on from the one before', async () => {
  const asked: string[] = []
  const pager = new TranscriptPager(async ({ q, cursor }) => {
    asked.push(`${q} ${cursor}`)
    if (asked.length === 2) throw new ApiError(503, { message: 'The server is busy.' })
    return { items: [message(asked.length)], next: q === '' ? 'c2' : null }
  })
  await pager.start(ALL)
  await pager.start({ ...ALL, q: 'tea' })
  await pager.again()
  assert.equal(asked, [' null', 'tea null', 'tea null'])
  assert.equal(
    pager.transcript.value.rows.map(({ item }) => item.kind !== 'gap' && item.id),
    ['red:3'],
  )
})

test.run()
