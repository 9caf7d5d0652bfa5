import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { judge } from './checker.ts'
import type { Act, History, Kept, PageLog, Placed, Position, Seen, Sent, Target } from './history.ts'

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

const act = (act: Act): Partial<Placed> => ({ drawn: false, id: 'act', act })
const remove = (target: Target) => act({ type: 'remove', target, by: 'panel' })
const restore = (target: Target, ...brings: string[]) => act({ type: 'restore', target, brings })

/** Four messages of one person, shown by one page and kept. */
function good(): History {
  const ids = ['m1', 'm2', 'm3', 'm4']
  return {
    sent: [1, 2, 3, 4].map(sent),
    removed: [],
    told: [],
    order: [1, 2, 3, 4].map((seq) => placed(seq)),
    epochs: new Map([[EPOCH, { before: 0, seq: 0 }]]),
    pages: [
      { name: 'page', seen: [welcome(0), ...ids.map((id) => shown(id))], rows: ids, stands: { epoch: EPOCH, seq: 4 } },
    ],
    transcripts: [{ stream: 's', kept: ids.map((id) => ({ id })), from: -1, to: 9, keptFrom: 0 }],
    queue: null,
  }
}

/** What is found in the good history after a change, each kind and place once. */
function found(change: (history: History, page: PageLog, kept: Kept[]) => void): string[] {
  const history = good()
  const [page] = history.pages
  const [transcript] = history.transcripts
  assert.ok(page && transcript)
  change(history, page, transcript.kept)
  return [...new Set(judge(history).map(({ kind, where }) => `${kind} in ${where}`))]
}

test('finds nothing in a history in which all is well', () => {
  assert.equal(judge(good()), [])
})

test('finds what is lost: on its way, on a page, in the transcript', () => {
  assert.equal(
    found(({ sent: all }) => void all.push(sent(5))),
    ['lost in the order', 'lost in the transcripts'],
  )
  assert.equal(
    found((_, page) => void page.seen.splice(2, 1)),
    ['lost in page'],
  )
  assert.equal(
    found((_, __, kept) => void kept.splice(1, 1)),
    ['lost in the transcripts', 'lost in transcript 1'],
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

test('asks for no number between those that only their senders were told of, and for each of the others', () => {
  const hole = (unheard: Partial<Placed>) =>
    found(({ order }) => void order.push(placed(7, { id: 'm7', drawn: false, ...unheard }))).includes(
      'lost in the order',
    )
  assert.is(hole({}), true)
  assert.is(hole({ unheard: true }), false)
})

test('finds what is doubled: in the order, on a page, in the transcript', () => {
  assert.equal(found(({ order }) => void order.push(placed(5, { id: 'm2' }))).includes('doubled in the order'), true)
  assert.equal(found((_, page) => void page.rows.push('m4')).includes('doubled in page'), true)
  assert.equal(
    found((_, __, kept) => void kept.push({ id: 'm4' })),
    ['doubled in transcript 1', 'reordered in transcript 1'],
  )
})

test('finds what is reordered: by its sender, by its seq, on a page, in the transcript', () => {
  assert.equal(
    found(({ sent: all }) => {
      for (const each of all) each.nth = all.length - each.nth
    }),
    ['reordered in the order'],
  )
  assert.equal(found(({ order }) => void order.reverse()).includes('reordered in the order'), true)
  assert.equal(
    found((_, page) => void page.rows.reverse()),
    ['reordered in the rows of page'],
  )
  assert.equal(
    found((_, __, kept) => void kept.reverse()),
    ['reordered in transcript 1'],
  )
})

test('finds phantoms: what nobody sent, what a rule hid, what was taken away', () => {
  assert.equal(
    found((_, page) => void page.seen.push(shown('nobody’s'))),
    ['phantom in page'],
  )
  assert.equal(
    found((_, __, kept) => void kept.push({ id: 'nobody’s' })),
    ['phantom in transcript 1'],
  )
  assert.equal(
    found(({ order }) => void order.splice(1, 1, placed(2, { drawn: false }))),
    ['phantom in page'],
  )
  assert.equal(
    found(({ order }) => void order.splice(2, 1, placed(3, remove({ id: 'm2' })))).includes('phantom in page'),
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
  const seen = (log: Seen[]) => (_: History, page: PageLog) => {
    page.seen = log
    page.rows = ['m1', 'm4']
  }
  assert.equal(found(seen(away(true))), ['lost in page'], 'it was told that it has all')
  assert.equal(found(seen(away(false))), ['lost in page'], 'the server still had it')
  const later = (history: History, page: PageLog) => {
    seen(away(false, 'e2'))(history, page)
    history.epochs.set('e2', { before: 3, seq: 3 })
    history.order[3] = placed(4, { epoch: 'e2' })
    page.stands = { epoch: 'e2', seq: 4 }
  }
  assert.equal(found(later), [])
})

test('wants what a killed server had shown and not kept where it comes again, and not in the transcript twice', () => {
  const killed = (history: History, page: PageLog) => {
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

test('finds a snapshot that holds what was taken away, and lets back only what was given back', () => {
  const taken =
    (...acts: Partial<Placed>[]) =>
    (history: History, page: PageLog) => {
      history.order.push(...acts.map((act, nth) => placed(5 + nth, { id: `act${nth}`, ...act })))
      const end = 4 + acts.length
      page.seen = [welcome(end), { type: 'snapshot', ids: ['m1', 'm2', 'm3', 'm4'] }]
      for (const id of ['m1', 'm2', 'm3', 'm4']) page.seen.push(shown(id, end))
      page.stands = { epoch: EPOCH, seq: end }
      history.transcripts = []
      for (const each of history.sent) each.archived = false
    }
  const { id: _, ...hide } = remove({ id: 'm2' })
  const { id: __, ...back } = restore({ id: 'm2' }, 'm2')
  const { id: ___, ...clears } = act({ type: 'clear', by: 'panel' })
  assert.equal(found(taken(hide)), ['phantom in page'])
  assert.equal(found(taken(hide, back)), [])
  assert.equal(found(taken(hide, back, hide)), ['phantom in page'])
  assert.equal(found(taken(clears)), ['phantom in page'])
})

test('asks for what came anew after a kill where it came to stay, and not where it was lost', () => {
  const again = (to: number) =>
    found((history) => {
      history.order.push(placed(5), placed(5, { epoch: 'e2' }))
      history.epochs.set('e2', { before: 5, seq: 4 })
      history.sent.push({ ...sent(5), archived: false, archivedAgain: true })
      history.pages = []
      for (const each of history.transcripts) Object.assign(each, { to, keptFrom: null })
    })
  assert.equal(again(5), [], 'the stream had ended')
  assert.equal(again(6), ['lost in the transcripts'])
})

test('lets what was lost with a killed server come when its sender says it again, and no earlier or later', () => {
  const saidAgain = (again: number[], came: string[], nth = 6) =>
    found((history) => {
      history.order.push(placed(5), ...came.map((id, at) => placed(5 + at, { epoch: 'e2', id })))
      history.epochs.set('e2', { before: 5, seq: 4 })
      const five = { ...sent(5), archived: false, again }
      history.sent.push(five, { ...sent(nth), id: 'm6', archived: false })
      history.pages = []
      history.transcripts = []
      for (const each of history.sent) each.archived = false
    })
  assert.equal(saidAgain([7], ['m6', 'm5']), [])
  assert.equal(saidAgain([], ['m6', 'm5']), ['reordered in the order'], 'it was not said again')
  assert.equal(saidAgain([6], ['m6', 'm5'], 7), ['reordered in the order'], 'it was said again before')
  assert.equal(saidAgain([6], ['m5', 'm6'], 7), [])
})

test('does not let what stayed come later because it was said again', () => {
  assert.equal(
    found(({ order, sent: all }) => {
      const [second, third] = order.splice(1, 2)
      if (second && third) order.splice(1, 0, { ...third, seq: 2 }, { ...second, seq: 3 })
      for (const each of all) each.again = [5, 6]
    }).includes('reordered in the order'),
    true,
  )
})

test('does not ask a page for what was past when it came, and came again after a kill', () => {
  const again = (ids: string[]) =>
    found((history, page) => {
      history.order.push(placed(4, { epoch: 'e2' }))
      history.epochs.set('e2', { before: 4, seq: 3 })
      history.transcripts = []
      for (const each of history.sent) each.archived = false
      page.seen = [welcome(4), { type: 'snapshot', ids }, welcome(3, { epoch: 'e2', anew: false })]
      page.rows = []
      page.stands = { epoch: 'e2', seq: 4 }
    })
  assert.equal(again(['m4']), [])
  assert.equal(again([]), ['lost in page'])
})

test('does not ask a page for what a killed server had taken away before it was drawn', () => {
  const unseen = (...acts: Partial<Placed>[]) =>
    found((history, page) => {
      history.order.push(...acts.map((each, nth) => placed(5 + nth, { id: `act${nth}`, ...each })))
      history.order.push(placed(5, { epoch: 'e2', id: 'm5' }))
      history.epochs.set('e2', { before: 4 + acts.length, seq: 4 })
      history.sent.push({ ...sent(5), archived: false })
      history.transcripts = []
      for (const each of history.sent) each.archived = false
      page.seen = [welcome(0), shown('m5', 5)].map((each) =>
        each.type === 'shown' ? { ...each, upTo: { epoch: 'e2', seq: 5 } } : each,
      )
      page.rows = ['m5']
      page.stands = { epoch: 'e2', seq: 5 }
    })
  const { id: _, ...clears } = act({ type: 'clear', by: 'panel' })
  assert.equal(unseen(clears), [])
  assert.equal(unseen(), ['lost in page'])
})

test('does not ask a page for what it had, and a killed server had taken away with all of its author', () => {
  const again = (since: number, ...acts: Partial<Placed>[]) =>
    found((history, page) => {
      const by = { author: 'mira' }
      history.order = [1, 2, 3, 4].map((seq) => placed(seq, by))
      history.order.push(...acts.map((each, nth) => placed(5 + nth, { id: `act${nth}`, ...each })))
      history.order.push(placed(4, { epoch: 'e2', id: 'm4', ...by }))
      history.epochs.set('e2', { before: 4 + acts.length, seq: 3 })
      history.transcripts = []
      for (const each of history.sent) each.archived = false
      page.seen = [welcome(since), welcome(3, { epoch: 'e2', anew: false })]
      page.rows = []
      page.stands = { epoch: 'e2', seq: 4 }
    })
  const { id: _, ...ban } = remove({ author: 'mira' })
  assert.equal(again(3, ban), [])
  assert.equal(again(3), ['lost in page'])
  assert.equal(again(5, ban), ['lost in page'], 'it came after that')
})

test('lets what only a killed server knew count for as long as it lived', () => {
  const snapshotAt = (position: Position) =>
    found((history, page) => {
      const { id: _, ...hide } = remove({ id: 'm2' })
      const { id: __, ...back } = restore({ id: 'm2' }, 'm2')
      history.order.push(placed(5, { id: 'hide', ...hide }), placed(6, { id: 'back', ...back }))
      history.order.push(placed(6, { epoch: 'e2', id: 'm5' }))
      history.epochs.set('e2', { before: 6, seq: 5 })
      history.sent.push({ ...sent(5), archived: false })
      history.transcripts = [
        { stream: 's', kept: [1, 2, 3, 4, 5].map((nth) => ({ id: `m${nth}` })), from: 0, to: 0, keptFrom: null },
      ]
      page.seen = [welcome(position.seq, position), { type: 'snapshot', ids: ['m2'] }]
      page.closed = true
      page.rows = []
    })
  assert.equal(snapshotAt({ epoch: EPOCH, seq: 6 }), [])
  assert.equal(snapshotAt({ epoch: 'e2', seq: 6 }), [], 'it has forgotten the removal, too')
  assert.equal(snapshotAt({ epoch: EPOCH, seq: 5 }), ['phantom in page'])
})

test('takes a page that was welcomed on, and closed before what it missed came, to stand where it stood before', () => {
  const closedAt = (seq: number) =>
    found(({ order, epochs }, page) => {
      order.push(placed(5, { id: 'hide', ...remove({ id: 'm2' }) }), placed(6, { epoch: 'e2', id: 'm5' }))
      epochs.set('e2', { before: 5, seq: 5 })
      page.seen.push(welcome(6, { epoch: 'e2', recovered: true, anew: false }))
      Object.assign(page, { stands: { epoch: 'e2', seq }, closed: true })
    }).filter((each) => each === 'phantom in page')
  assert.equal(closedAt(4), [])
  assert.equal(closedAt(5), ['phantom in page'])
})

test('takes a server to know of a removal from before its time only where a transcript that went on told it, and not where it came again', () => {
  const { id: _, ...hide } = remove({ id: 'm2' })
  const given = (to: number, ...again: Placed[]) =>
    found((history, page) => {
      history.order.push(placed(5, { id: 'hide', ...hide }), placed(1, { epoch: 'e2', id: 'm2' }), ...again)
      history.epochs.set('e2', { before: 5, seq: 0 })
      history.transcripts = [{ stream: 's', kept: [{ id: 'hide' }], from: 0, to, keptFrom: null }]
      for (const each of history.sent) each.archived = false
      page.seen = [welcome(1, { epoch: 'e2' }), { type: 'snapshot', ids: ['m2'] }]
      page.closed = true
      page.rows = []
    })
  assert.equal(given(Number.POSITIVE_INFINITY), ['phantom in page'])
  assert.equal(given(Number.POSITIVE_INFINITY, placed(2, { epoch: 'e2', id: 'hide', ...hide })), [])
  assert.equal(given(5), [], 'the stream had ended')
})

test('finds what was given back and does not stand there', () => {
  const { id: _, ...hide } = remove({ id: 'm2' })
  const { id: __, ...back } = restore({ id: 'm2' }, 'm2')
  const { id: ___, ...bare } = restore({ id: 'm2' })
  const given = (rows: string[], ...more: Partial<Placed>[]) =>
    found((history, page) => {
      for (const each of [hide, back, ...more]) {
        const seq = history.order.length + 1
        history.order.push(placed(seq, { id: `act${seq}`, ...each }))
      }
      history.transcripts = []
      for (const each of history.sent) each.archived = false
      page.rows = rows
      page.stands = { epoch: EPOCH, seq: history.order.length }
    })
  assert.equal(given(['m1', 'm2', 'm3', 'm4']), [])
  assert.equal(given(['m1', 'm3', 'm4']), ['lost in page'])
  assert.equal(given(['m1', 'm3', 'm4'], hide, back), ['lost in page'])
  assert.equal(given(['m1', 'm3', 'm4'], hide, bare), [], 'the second time it did not come along')
})

test('finds what a moderator was told of and never came', () => {
  assert.equal(
    found(({ told }) => void told.push('hide')),
    ['lost in the order'],
  )
})

test('finds what waits for a moderator and should not, and what should and does not', () => {
  const queued = (ids: string[], ...acts: Partial<Placed>[]) =>
    found((history) => {
      const held: Partial<Placed> = { drawn: false, held: true, author: 'mira', epoch: 'e2' }
      history.order.push(...['h1', 'h2'].map((id, nth) => placed(nth + 1, { ...held, id })))
      history.sent.push(...['h1', 'h2'].map((id, nth) => ({ ...sent(5 + nth), id, archived: false })))
      for (const each of acts)
        history.order.push(placed(history.order.length - 3, { ...each, epoch: 'e2', id: `${history.order.length}` }))
      history.epochs.set('e2', { before: 4, seq: 0 })
      history.transcripts.push({ stream: 's2', kept: [{ id: 'h1' }], from: 4, to: 5, keptFrom: null })
      for (const transcript of history.transcripts) transcript.keptFrom = null
      for (const page of history.pages) page.closed = true
      history.queue = { ids, deciding: [], from: 5, stream: 's2', jumped: false, now: 9 }
    })
  const { id: _, ...ban } = remove({ author: 'mira' })
  const { id: __, ...back } = restore({ id: 'h1' })
  const LOST = ['lost in the queue for moderators']
  const PHANTOM = ['phantom in the queue for moderators']
  assert.equal(queued(['h1', 'h2']), [])
  assert.equal(queued(['h1']), LOST)
  assert.equal([queued(['h1', 'h2'], ban), queued([], ban)], [PHANTOM, []])
  assert.equal([queued([], ban, back), queued(['h1'], ban, back)], [LOST, []])
  const { id: ___, ...released } = act({ type: 'restore', target: { id: 'h2' }, brings: ['h2'], released: true })
  assert.equal([queued(['h1', 'h2'], released), queued(['h1'], released)], [PHANTOM, []])
})

test.run()
