import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EMPTY_FEED, feed } from '../../../admin/state/feed.ts'
import { MAX_SAID, saidInFeed, saidInStream } from '../../../admin/state/said-by.ts'
import type { EventsView } from '../../../server/api/transcripts.ts'
import { message } from '../events.ts'

const test = suite('admin/state/said-by')

const owl = { id: '7', name: 'Night Owl', roles: [], badges: [] }
const hoot = (seq: number) => message(seq, { author: owl })

test('finds what one person wrote in the feed, by the platform’s id', () => {
  const events = [hoot(1), message(2), message(3, { author: owl, platform: 'blue', id: 'blue:3' })]
  const { rows } = feed(EMPTY_FEED, { type: 'events', events })
  assert.equal(
    saidInFeed(rows, hoot(1).platform, owl).map(({ event }) => event.seq),
    [1],
  )
})

test('goes through the stream page by page, leaves out namesakes, and keeps the newest', async () => {
  const pages: EventsView[] = [
    { items: [hoot(1), message(2, { author: { ...owl, id: '8', name: '7' } })], next: 'a' },
    { items: [], next: 'b' },
    { items: Array.from({ length: MAX_SAID }, (_, nth) => hoot(nth + 3)), next: null },
  ]
  const asked: (string | null)[] = []
  const saidBy = async (_: string, __: string, ___: string, cursor: string | null) => {
    asked.push(cursor)
    return pages[asked.length - 1] ?? { items: [], next: null }
  }
  const said = await saidInStream({ saidBy }, 's', 'red', owl)
  assert.equal(asked, [null, 'a', 'b'])
  assert.equal([said.length, said[0]?.event.seq], [MAX_SAID, 3])
})

test('gives up on a stream that has ever another page', async () => {
  let asked = 0
  const saidBy = async () => {
    asked++
    return { items: [], next: 'more' }
  }
  assert.equal(await saidInStream({ saidBy }, 's', 'red', owl), [])
  assert.ok(asked < 100)
})

test.run()
