import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_NUMBERED, Pseudonyms } from '../../../../server/routes/exports/pseudonyms.ts'
import type { Archived } from '../../../../server/stores/archive.ts'
import type { Author, Message, Notice } from '../../../../workers/message.ts'

const base = (seq: number) => ({ seq, id: `twitch:m${seq}`, platform: 'twitch', at: seq, receivedAt: seq })
const author = (id: string, name: string, login?: string): Author => ({
  ...{ id, name, roles: [], badges: [] },
  ...(login !== undefined && { login }),
})
const said = (seq: number, by: Author, text: string, more: Partial<Message> = {}): Message => ({
  ...{ ...base(seq), kind: 'message', author: by, parts: [{ type: 'text', text }], text },
  ...more,
})
const OWL = author('41', 'Night Owl', 'night_owl')
const BEE = author('42', 'Bee')
const OTTER = author('43', '★Otter★')

function masked(...entries: Archived[]): Archived[] {
  const pseudonyms = new Pseudonyms()
  for (const entry of entries) pseudonyms.learn(entry)
  return entries.map((entry) => pseudonyms.masked(entry))
}
const texts = (entries: Archived[]) => entries.map((entry) => ('text' in entry ? entry.text : ''))

const test = suite('exports/pseudonyms')

test('gives a person one number throughout, whatever they are called', () => {
  const renamed = author('41', 'Day Owl', 'day_owl')
  const names = masked(said(1, OWL, 'a'), said(2, BEE, 'b'), said(3, renamed, 'c'), said(4, OWL, 'd')).map((entry) =>
    entry.kind === 'message' ? [entry.author.id, entry.author.name, entry.author.login] : [],
  )
  const [first, second] = [
    ['viewer-1', 'Viewer 1', undefined],
    ['viewer-2', 'Viewer 2', undefined],
  ]
  assert.equal(names, [first, second, first, first])
})

test('finds the name where others write it, also before its owner has said a word', () => {
  const mention: Message = said(1, BEE, '', {
    parts: [
      { type: 'mention', text: '@night_owl' },
      { type: 'text', text: ' and @otter, NIGHT OWL? otters, be bee @bee' },
    ],
    reply: { id: 'twitch:m0', author: 'Night Owl', text: 'as Otter said' },
  })
  const [first] = masked(mention, said(2, OWL, 'here'), said(3, OTTER, 'here'))
  assert.is(first?.kind === 'message' && first.text, '@Viewer 3 and @Viewer 4, Viewer 3? otters, be bee @Viewer 1')
  assert.equal(first?.kind === 'message' && first.reply, {
    ...{ id: 'twitch:m0', author: 'Viewer 3', text: 'as Viewer 4 said' },
  })
})

test('takes the longest name that begins with a word, and a person’s older names as well as the newer', () => {
  const text = 'night owl, Night, the Night OWL and day owl; a night'
  const entries = masked(said(1, OWL, text), said(2, author('44', 'Night'), ''), said(3, author('41', 'Day Owl'), ''))
  assert.is(texts(entries)[0], 'Viewer 1, Viewer 2, the Viewer 1 and Viewer 1; a Viewer 2')
})

test('leaves no name in notices, removals and what comes back', () => {
  const gift: Notice = {
    ...{ ...base(2), kind: 'notice', what: 'gift', text: 'Bee gave Newcomer a sub.' },
    ...{ author: BEE, recipient: 'Newcomer' },
  }
  const entries = masked(
    said(1, OWL, 'hello'),
    gift,
    { ...base(3), kind: 'remove', by: 'panel', target: { authorId: '41' } },
    { ...base(4), kind: 'restore', by: 'panel', target: { authorId: '41' }, events: [said(1, OWL, 'hello Newcomer')] },
    { ...base(5), kind: 'remove', by: 'panel', target: { authorId: 'who never wrote' } },
    { kind: 'gap', count: 1, at: 6, reason: 'disk' },
  )
  assert.not.match(JSON.stringify(entries), /Owl|owl|Bee|Newcomer|"4[12]"|never wrote/)
  assert.is(texts(entries)[1], 'Viewer 2 gave Viewer 3 a sub.')
})

test('keeps two people apart who are called the same, and platforms', () => {
  const elsewhere = { ...said(3, author('41', 'Night Owl'), 'x'), platform: 'kick' }
  const names = masked(said(1, OWL, 'a'), said(2, author('99', 'Night Owl'), 'b'), elsewhere).map((entry) =>
    entry.kind === 'message' ? entry.author.name : '',
  )
  assert.equal(names, ['Viewer 1', 'Viewer 2', 'Viewer 3'])
})

test('counts a bounded number of people', () => {
  const pseudonyms = new Pseudonyms()
  for (let nth = 0; nth <= MAX_NUMBERED; nth += 1) pseudonyms.learn(said(1, author(`${nth}`, `n${nth}`), 'x'))
  const last = pseudonyms.masked(said(1, author(`${MAX_NUMBERED}`, 'nobody'), 'x'))
  assert.is(last.kind === 'message' && last.author.name, 'Another viewer')
  const first = pseudonyms.masked(said(1, author('0', 'n0'), 'x'))
  assert.is(first.kind === 'message' && first.author.name, 'Viewer 1')
})

test.run()
