import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HeldBack } from '../../../server/channels/held.ts'
import { apart, completed } from '../../../server/channels/restores.ts'
import { RESTORED_BYTES, RESTORED_EVENTS, Window } from '../../../server/channels/window.ts'
import type { ChatEvent, Message } from '../../../workers/message.ts'
import { clear, message, release, remove, restore, sliceOf } from './events.ts'

const test = suite('replay window: what is given back')

function holding(...events: ChatEvent[]): Window {
  const window = new Window()
  for (const event of events) window.add(sliceOf([event]), 0)
  return window
}
const one = (nth: number) => ({ id: `twitch:m${nth}` })
const ADA = { authorId: 'u1' }
const shown = (window: Window) =>
  window
    .snapshot(100, 0)
    .flatMap(({ text }) => (JSON.parse(String(text)) as { events: ChatEvent[] }).events.map(({ seq }) => seq))
const back = (window: Window, target: Parameters<Window['restorable']>[1]) =>
  window.restorable('twitch', target, 0).map(({ seq }) => seq)

test('stands in snapshots again, and the restore itself never does', () => {
  const window = holding(message(1), message(2), remove(3, one(1)))
  assert.equal(shown(window), [2])
  assert.equal(back(window, one(1)), [1])
  window.add(sliceOf([restore(4, one(1))]), 0)
  assert.equal(shown(window), [1, 2])
  assert.equal(back(window, one(1)), [], 'nothing is left to give back')
})

test('does not bring back what the platform removed, before or after', () => {
  const before = holding(message(1), remove(2, one(1), 'platform'), remove(3, one(1)), restore(4, one(1)))
  const after = holding(message(1), remove(2, one(1)), remove(3, one(1), 'platform'), restore(4, one(1)))
  for (const window of [before, after]) {
    assert.equal(shown(window), [])
    assert.equal(back(window, one(1)), [])
  }
})

test('brings a person’s messages back but those hidden one by one; one of them whichever way it was hidden', () => {
  const window = holding(message(1), message(2), message(3), remove(4, one(1)), remove(5, ADA))
  assert.equal(back(window, ADA), [2, 3])
  assert.equal(back(window, one(2)), [2])
  window.add(sliceOf([restore(6, one(2))]), 0)
  assert.equal(shown(window), [2])
  window.add(sliceOf([restore(7, ADA)]), 0)
  assert.equal(shown(window), [2, 3])
})

test('leaves alone what a rule hid and what was cleared', () => {
  const window = holding(message(1, { hidden: 'word' }), message(2), clear(3, 'panel'), message(4), remove(5, ADA))
  assert.equal(back(window, ADA), [4])
})

test('brings along only the newest, and only so many bytes', () => {
  const many = Array.from({ length: RESTORED_EVENTS + 10 }, (_, nth) => message(nth + 1))
  const window = holding(...many, remove(100, ADA))
  assert.equal(
    back(window, ADA),
    many.slice(-RESTORED_EVENTS).map(({ seq }) => seq),
  )
  const long = 'x'.repeat(RESTORED_BYTES / 4)
  const heavy = holding(...[1, 2, 3, 4, 5].map((seq) => message(seq, { text: long, parts: [] })), remove(6, ADA))
  assert.equal(back(heavy, ADA), [3, 4, 5])
  const huge = holding(message(1, { text: 'x'.repeat(RESTORED_BYTES) }), remove(2, ADA))
  assert.equal(back(huge, ADA), [])
})

test('shows a released message where it was released, to all who come later', () => {
  const held = message(1, { hidden: 'held:link', text: 'look at this' })
  const window = holding(held, message(2), release(3, held), message(4))
  const [frame] = window.snapshot(100, 0)
  const { events } = JSON.parse(String(frame?.text)) as { events: Message[] }
  assert.equal(
    events.map(({ seq, id, hidden }) => [seq, id, hidden]),
    [
      [2, 'twitch:m2', undefined],
      [3, 'twitch:m1', undefined],
      [4, 'twitch:m4', undefined],
    ],
  )
  assert.equal(window.find('twitch:m1', 0), { event: { ...message(1, { text: 'look at this' }), seq: 3 }, gone: false })
})

test('gives whoever missed a release exactly what came', () => {
  const held = message(1, { hidden: 'held:link' })
  const window = holding(held, release(2, held), message(3))
  const [frame] = window.since(0, 3, 0) ?? []
  const { events } = JSON.parse(String(frame?.text)) as { events: ChatEvent[] }
  assert.equal(events, [held, release(2, held), message(3)])
})

test('hides a released message again, and gives it back', () => {
  const held = message(1, { hidden: 'held:link' })
  const window = holding(held, release(2, held), message(3), remove(4, one(1)))
  assert.equal(shown(window), [3])
  assert.equal(back(window, one(1)), [2])
  window.add(sliceOf([restore(5, one(1))]), 0)
  assert.equal(shown(window), [2, 3])
})

test('finds an event by its id, and says whether it was taken away', () => {
  const window = holding(message(1), message(2), remove(3, one(2)), clear(4, 'stream'), message(5))
  assert.equal(window.find('twitch:m1', 0), { event: message(1), gone: false }, 'only the picture was cleared')
  assert.is(window.find('twitch:m2', 0)?.gone, true)
  assert.is(window.find('twitch:m5', 0)?.event.seq, 5)
  for (const odd of ['twitch:m3', 'twitch:m9', '']) assert.is(window.find(odd, 0), null)
})

test('forgets what an erased viewer wrote, also where a restore brought it back', () => {
  const theirs = message(1, { text: 'something secret' })
  const others = message(2, { text: 'something else', author: { id: 'u2', name: 'Night_Owl', roles: [], badges: [] } })
  const brought = { ...restore(4, one(1)), events: [theirs, others] } as ChatEvent
  const window = holding(theirs, others, remove(3, one(1)), brought)
  window.erase({ platform: 'twitch', authorId: 'u1', names: [] })
  for (const frames of [window.since(0, 4, 0), window.snapshot(100, 0), window.whole(100, 0)]) {
    const text = String(frames?.map((frame) => frame.text))
    assert.not.match(text, /secret|Mossy/)
    assert.match(text, /something else/)
  }
})

test('forgets what others quote of an erased viewer, also where it was held and released', () => {
  const theirs = message(1, { text: 'something secret' })
  const other = { id: 'u2', name: 'Night_Owl', roles: [], badges: [] }
  const reply = { id: 'twitch:m1', author: 'mossy_otter', text: 'something secret' }
  const quoting = message(2, { author: other, text: 'so I hear', reply })
  const held = message(3, { author: other, text: 'and so do I', reply, hidden: 'held:link' })
  const window = holding(theirs, quoting, held, release(4, held), message(5, { author: other }))
  window.erase({ platform: 'twitch', authorId: 'u1', names: [] })
  for (const frames of [window.since(0, 5, 0), window.snapshot(100, 0), window.whole(100, 0)]) {
    const text = String(frames?.map((frame) => frame.text))
    assert.not.match(text, /secret|Mossy/i)
    assert.match(text, /so I hear[\s\S]*and so do I/)
  }
  const [missed] = window.since(3, 5, 0) ?? []
  assert.match(String(missed?.text), /"released":true/, 'whoever missed it is told of a release')
  const { reply: _, ...without } = quoting
  assert.equal(window.find('twitch:m2', 0), { event: without, gone: false })
})

test('still takes an erased viewer’s rows away from a page that missed their removal', () => {
  const removal = remove(2, { authorId: 'u1' })
  const window = holding(message(1), removal)
  window.erase({ platform: 'twitch', authorId: 'u1', names: ['Mossy_Otter'] })
  const [missed] = window.since(1, 2, 0) ?? []
  assert.equal(JSON.parse(String(missed?.text)).events, [removal])
})

test('is decided behind all that came before the restore in its own batch, and leaves the rest of it as it is', () => {
  const window = new Window()
  const told = apart(sliceOf([message(1), remove(2, one(1)), restore(3, one(1)), message(4), restore(5, one(1))])).map(
    (part) => {
      const whole = completed(part, {
        restorable: (platform, target) => window.restorable(platform, target, 0),
        refused: () => false,
      })
      window.add(whole, 0)
      const { events }: { events: ChatEvent[] } = JSON.parse(String(whole.frame.text))
      for (const [nth, { start, end }] of whole.events.entries())
        assert.equal(JSON.parse(whole.frame.text.toString('utf8', start, end)), events[nth])
      return events
    },
  )
  assert.equal(told, [
    [message(1), remove(2, one(1))],
    [{ ...restore(3, one(1)), events: [message(1)] }],
    [message(4)],
    [restore(5, one(1))],
  ])
})

test('of what is held is brought by its release, unless a removal stands before it in the order', () => {
  const held = message(1, { hidden: 'held:link' })
  const released = sliceOf([release(2, held)])
  for (const removal of [remove(2, one(1), 'platform'), remove(2, ADA, 'platform')]) {
    const back = new HeldBack({ platforms: () => [{ id: 'twitch' }], now: Date.now, steady: () => 0 })
    const knowledge = { restorable: () => [], refused: (id: number) => back.refused('c', id) }
    back.take(sliceOf([held]))
    back.decide('c', held.id)
    assert.is(completed(released, knowledge), released)
    back.take(sliceOf([removal]))
    const overtaken = completed(released, knowledge)
    const { events }: { events: ChatEvent[] } = JSON.parse(String(overtaken.frame.text))
    const [about] = events
    assert.equal(about, { ...restore(2, { id: about?.id ?? '' }), id: about?.id })
    const window = holding(held, removal)
    window.add(overtaken, 0)
    assert.equal(shown(window), [])
    back.take(overtaken)
    assert.equal(back.list('c', 1), [])
    back.close()
  }
})

test.run()
