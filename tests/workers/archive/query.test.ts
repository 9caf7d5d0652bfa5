import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readQuery } from '../../../workers/archive/query.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { authorOf, clearOf, messageOf, noticeOf } from './events.ts'

const test = suite('search query')
const AT = Date.parse('2026-03-14T20:15:00Z')

const EVENTS: Record<string, ChatEvent> = {
  plain: messageOf({ seq: 1, text: 'good luck tonight', author: authorOf('u1', 'Mossy Otter', 'mossy_otter'), at: AT }),
  link: messageOf({
    ...{ seq: 2, text: 'see https://example.org', platform: 'kick', at: AT + 60_000 },
    parts: [
      { type: 'text', text: 'see ' },
      { type: 'link', text: 'https://example.org', url: 'https://example.org' },
    ],
    author: { ...authorOf('u2', 'Noodle_Knight'), roles: ['mod'] },
  }),
  gift: messageOf({
    ...{ seq: 3, text: 'take this, luck', at: AT + 86_400_000 },
    author: authorOf('u3', 'Owl'),
    money: { kind: 'superchat', amount: 5, display: '5 €' },
  }),
  raid: noticeOf({ seq: 4, what: 'raid', text: 'Owl is raiding.', at: AT }),
  hidden: messageOf({ seq: 5, text: 'cheap: viewers', hidden: 'words', author: authorOf('u4', 'Buyer'), at: AT }),
  clear: clearOf({ seq: 6, by: 'stream', at: AT }),
}

function found(q: string): string {
  const { holds, needle } = readQuery(q)
  return Object.entries(EVENTS)
    .filter(([, event]) => holds(event))
    .filter(([, event]) => {
      if (event.kind === 'notice') return true
      assert.ok(JSON.stringify(JSON.stringify(event)).toLowerCase().includes(needle), `the bytes hold "${needle}"`)
      return true
    })
    .map(([name]) => name)
    .join(' ')
}

const CASES: readonly [q: string, found: string][] = [
  ['luck', 'plain gift'],
  ['LUCK good', 'plain'],
  ['tonight good', 'plain'],
  ['"luck good"', ''],
  ['"good luck"', 'plain'],
  ['"good luck', 'plain'],
  ['luck -good', 'gift'],
  ['-"good luck" luck', 'gift'],
  ['otter', 'plain'],
  ['from:mossy_otter', 'plain'],
  ['from:"Mossy Otter"', 'plain'],
  ['from:u2', 'link'],
  ['-from:u1 luck', 'gift'],
  ['platform:kick', 'link'],
  ['kind:notice', 'raid'],
  ['kind:raid', 'raid'],
  ['kind:clear', 'clear'],
  ['role:mod', 'link'],
  ['has:link', 'link'],
  ['has:money', 'gift'],
  ['is:hidden', 'hidden'],
  ['before:2026-03-14', ''],
  ['before:2026-03-15 luck', 'plain'],
  ['after:2026-03-14', 'gift'],
  ['after:2026-03-14T20:16', 'link gift'],
  ['before:2026-03-14T20:16 kind:message', 'plain hidden'],
]

for (const [q, names] of CASES) {
  test(`${q} finds ${names === '' ? 'nothing' : names}`, () => {
    assert.is(found(q), names)
  })
}

test('takes an operator that it does not know, or a value that means nothing to one, for a word', () => {
  assert.is(found('cheap:'), 'hidden')
  assert.is(found('https://example.org'), 'link')
  for (const q of ['has:wings', 'before:yesterday', 'before:2026-99-99', 'is:', 'toString:x', 'has:constructor']) {
    assert.is(found(q), '', q)
  }
  const said = messageOf({ seq: 9, text: 'who has:wings here, -o' })
  assert.is(readQuery('has:wings').holds(said), true)
  assert.is(readQuery('-has:wings').holds(said), false)
  assert.is(readQuery('-').holds(said), true)
})

test('knows the longest run of letters that stands in the bytes whatever was written', () => {
  const needles: readonly [q: string, needle: string][] = [
    ['Lantern up', 'lantern'],
    ['from:Mossy_Otter hi', 'mossy_otter'],
    ['kick', ''],
    ['skipping', 'pp'],
    ['größe', 'gr'],
    ['"a \\ b"', 'a '],
    ['-lantern has:link', ''],
    ['', ''],
  ]
  for (const [q, needle] of needles) assert.is(readQuery(q).needle, needle, q)
})

test('holds for everything when nothing is asked', () => {
  for (const q of ['""', '-""', ' ']) assert.is(found(q).split(' ').length, Object.keys(EVENTS).length, q)
})

test('is read at once, however hostile', () => {
  for (const q of ['-'.repeat(200), '"'.repeat(199), 'from:'.repeat(40), '-"'.repeat(100), `${'a:'.repeat(99)}b`])
    readQuery(q)
  assert.is(found('from:'.repeat(40)), '')
})

test.run()
