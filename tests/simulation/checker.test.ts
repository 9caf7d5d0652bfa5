import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type History, judge, type Placed, type Seen, type Sent } from './checker.ts'

const test = suite('simulation checker')
const EPOCH = 'e1'

const sent = (nth: number): Sent => ({
  id: `m${nth}`,
  by: 'mira',
  nth,
  taken: true,
  archived: true,
  archivedAgain: false,
})
const placed = (seq: number, more: Partial<Placed> = {}): Placed => ({
  epoch: EPOCH,
  seq,
  id: `m${seq}`,
  drawn: true,
  at: seq,
  ...more,
})
const shown = (id: string, seq = 4): Seen => ({ type: 'shown', id, upTo: { epoch: EPOCH, seq } })
const welcome = (seq: number, more: Partial<Extract<Seen, { type: 'welcome' }>> = {}): Seen => ({
  type: 'welcome',
  epoch: EPOCH,
  seq,
  recovered: false,
  anew: true,
  at: seq,
  ...more,
})

/** Four messages of one person, shown by one page and kept. */
function good(): History {
  const ids = ['m1', 'm2', 'm3', 'm4']
  return {
    sent: [1, 2, 3, 4].map(sent),
    removed: [],
    order: [1, 2, 3, 4].map((seq) => placed(seq)),
    epochs: new Map([[EPOCH, { before: 0, seq: 0 }]]),
    pages: [
      { name: 'page', seen: [welcome(0), ...ids.map((id) => shown(id))], rows: ids, stands: { epoch: EPOCH, seq: 4 } },
    ],
    transcript: ids.map((id) => ({ id })),
    keptFrom: 0,
  }
}

/** What is found in the good history after a change, each kind and place once. */
function found(change: (history: History, page: History['pages'][number]) => void): string[] {
  const history = good()
  const [page] = history.pages
  assert.ok(page)
  change(history, page)
  return [...new Set(judge(history).map(({ kind, where }) => `${kind} in ${where}`))]
}

test('finds nothing in a history in which all is well', () => {
  assert.equal(judge(good()), [])
})

test('finds what is lost: on its way, on a page, in the transcript', () => {
  assert.equal(
    found(({ sent: all }) => void all.push(sent(5))),
    ['lost in the order', 'lost in the transcript'],
  )
  assert.equal(
    found((_, page) => void page.seen.splice(2, 1)),
    ['lost in page'],
  )
  assert.equal(
    found((history) => void history.transcript.splice(1, 1)),
    ['lost in the transcript'],
  )
  assert.equal(
    found(({ removed }) => void removed.push('m2')),
    ['lost in the order'],
  )
  assert.equal(
    found((_, page) => {
      page.stands = { epoch: EPOCH, seq: 3 }
    }),
    ['lost in page'],
  )
})

test('finds what is doubled: in the order, on a page, in the transcript', () => {
  assert.equal(found(({ order }) => void order.push(placed(5, { id: 'm2' }))).includes('doubled in the order'), true)
  assert.equal(found((_, page) => void page.rows.push('m4')).includes('doubled in page'), true)
  assert.equal(
    found(({ transcript }) => void transcript.push({ id: 'm4' })),
    ['doubled in the transcript', 'reordered in the transcript'],
  )
})

test('finds what is reordered: by its sender, by its seq, on a page, in the transcript', () => {
  assert.equal(
    found(({ sent: all }) => void all.reverse()),
    ['reordered in the order'],
  )
  assert.equal(found(({ order }) => void order.reverse()).includes('reordered in the order'), true)
  assert.equal(
    found((_, page) => void page.rows.reverse()),
    ['reordered in the rows of page'],
  )
  assert.equal(
    found(({ transcript }) => void transcript.reverse()),
    ['reordered in the transcript'],
  )
})

test('finds phantoms: what nobody sent, what a rule hid, what was taken away', () => {
  assert.equal(
    found((_, page) => void page.seen.push(shown('nobody’s'))),
    ['phantom in page'],
  )
  assert.equal(
    found(({ transcript }) => void transcript.push({ id: 'nobody’s' })),
    ['phantom in the transcript'],
  )
  assert.equal(
    found(({ order }) => void order.splice(1, 1, placed(2, { drawn: false }))),
    ['phantom in page'],
  )
  assert.equal(
    found(({ order }) => void order.splice(2, 1, placed(3, { drawn: false, removes: 'm2', id: 'r' }))).includes(
      'phantom in page',
    ),
    true,
  )
})

test('lets a page miss what it was told that it missed, and no more', () => {
  const away = (recovered: boolean, epoch = EPOCH): Seen[] => [
    welcome(0),
    shown('m1', 1),
    welcome(3, { recovered, epoch, anew: false }),
    shown('m4', 4),
  ]
  const seen = (log: Seen[]) => (_: History, page: History['pages'][number]) => {
    page.seen = log
    page.rows = ['m1', 'm4']
  }
  assert.equal(found(seen(away(true))), ['lost in page'], 'it was told that it has all')
  assert.equal(found(seen(away(false))), ['lost in page'], 'the server still had it')
  const later = (history: History, page: History['pages'][number]) => {
    seen(away(false, 'e2'))(history, page)
    history.epochs.set('e2', { before: 3, seq: 3 })
    history.order[3] = placed(4, { epoch: 'e2' })
    page.stands = { epoch: 'e2', seq: 4 }
  }
  assert.equal(found(later), [])
})

test('wants what a killed server had shown and not kept where it comes again, and not in the transcript twice', () => {
  const killed = (history: History, page: History['pages'][number]) => {
    history.order = [
      ...[1, 2, 3].map((seq) => placed(seq)),
      placed(4, { id: 'never again', drawn: false }),
      placed(3, { epoch: 'e2', id: 'm3' }),
      placed(4, { epoch: 'e2', id: 'm4' }),
    ]
    history.epochs.set('e2', { before: 4, seq: 2 })
    page.seen = [
      welcome(0),
      ...['m1', 'm2'].map((id) => shown(id, 2)),
      welcome(2, { epoch: 'e2', recovered: true, anew: false }),
      ...['m3', 'm4'].map((id): Seen => ({ type: 'shown', id, upTo: { epoch: 'e2', seq: 4 } })),
    ]
    page.stands = { epoch: 'e2', seq: 4 }
  }
  assert.equal(found(killed), [])
  assert.equal(
    found((history, page) => {
      killed(history, page)
      page.seen.splice(4, 1)
    }),
    ['lost in page'],
  )
})

test.run()
