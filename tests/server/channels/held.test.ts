import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HeldBack, MAX_HELD_BYTES } from '../../../server/channels/held.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { HeldBefore } from '../../../workers/archive/held-before.ts'
import { fingerprint } from '../../../workers/fingerprint.ts'
import { type ChatEvent, KEEP_HELD_MS, MAX_HELD, type Message } from '../../../workers/message.ts'
import { pick, seeded } from '../../../workers/random.ts'
import { clear, message, release, remove, restore, sliceOf } from './events.ts'

const test = suite('held back')

/** `message(seq)` was received at about this time. */
const NOW = 1_700_000_000_000
const waits = (seq: number, change: Partial<Message> = {}) => message(seq, { hidden: 'held:link', ...change })
const one = (nth: number) => ({ id: `twitch:m${nth}` })

function open(...events: ChatEvent[]) {
  const clock = { now: NOW }
  const held = new HeldBack({ platforms: () => [{ id: 'twitch' }], now: () => clock.now, steady: () => clock.now })
  const changed: string[] = []
  held.onChange = (channelId) => changed.push(channelId)
  for (const event of events) {
    clock.now = event.receivedAt
    held.take(sliceOf([event]))
  }
  const ids = (channelId = 'c') => held.list(channelId, MAX_HELD).map(({ seq }) => seq)
  held.close()
  return { held, clock, changed, ids }
}

function codeOf(act: () => unknown): string {
  try {
    act()
    return 'none'
  } catch (error) {
    return error instanceof CrossChatError ? error.code : String(error)
  }
}

test('keeps what is held, in order, and nothing else', () => {
  const { ids, held, changed } = open(waits(1), message(2), message(3, { hidden: 'word' }), waits(4))
  assert.equal(ids(), [1, 4])
  assert.equal(ids('another'), [])
  assert.equal(held.count('c'), { count: 2, changes: 2 })
  assert.equal(changed, ['c', 'c'])
})

test('lets go of what an erased viewer wrote, refused or not, and of nothing else', () => {
  const theirs = (seq: number, id: string) => waits(seq, { author: { id, name: id, roles: [], badges: [] } })
  const { held, ids, changed } = open(theirs(1, 'owl'), theirs(2, 'mole'), theirs(3, 'owl'), remove(4, one(3)))
  const before = changed.length
  const owl = { platform: 'twitch', authorId: 'owl', names: [] }
  held.erase('c', { ...owl, platform: 'youtube' })
  held.erase('another', owl)
  assert.equal([ids(), changed.length], [[1, 2], before])
  held.erase('c', owl)
  assert.equal([ids(), changed.length], [[2], before + 1])
  for (const nth of [1, 3])
    assert.is(
      codeOf(() => held.decide('c', `twitch:m${nth}`)),
      'not_found',
    )
  held.take(sliceOf([restore(5, { authorId: 'owl' })]))
  assert.equal(ids(), [2])
})

test('lets go of what others quote of an erased viewer, whatever they are called there', () => {
  const owl = { id: 'owl', name: 'Night_Owl', roles: [], badges: [] }
  const quote = { id: 'twitch:m1', author: 'night_owl', text: 'my secret' }
  const other = { id: 'mole', name: 'Mole', roles: [], badges: [] }
  const quoting = waits(2, { author: other, text: 'so I hear', reply: quote })
  const { held, changed } = open(waits(1, { author: owl, text: 'my secret' }), quoting, waits(3, { author: other }))
  const before = changed.length
  held.erase('c', { platform: 'twitch', authorId: 'owl', names: [] })
  const { reply: _, ...without } = quoting
  assert.equal(held.list('c', MAX_HELD), [without, waits(3, { author: other })])
  assert.is(changed.length, before + 1)
  held.erase('c', { platform: 'twitch', authorId: 'owl', names: ['Night_Owl'] })
  assert.is(changed.length, before + 1, 'nothing was left to let go of')
})

test('lets the first decision count, and tells the second one so', () => {
  const { held, ids } = open(waits(1))
  assert.is(held.decide('c', 'twitch:m1').seq, 1)
  assert.equal(ids(), [], 'nobody else is asked')
  assert.is(
    codeOf(() => held.decide('c', 'twitch:m1')),
    'held_decided',
  )
  held.giveBack('c', 'twitch:m1')
  assert.equal(ids(), [1], 'it could not be carried out')
  held.take(sliceOf([release(2, waits(1))]))
  assert.is(
    codeOf(() => held.decide('c', 'twitch:m1')),
    'held_decided',
  )
  held.giveBack('c', 'twitch:m1')
  assert.equal(ids(), [])
  assert.is(
    codeOf(() => held.decide('c', 'twitch:m9')),
    'not_found',
  )
  assert.is(
    codeOf(() => held.decide('another', 'twitch:m1')),
    'not_found',
  )
})

test('drops what is refused or taken away, and takes a refusal back', () => {
  const { held, ids } = open(waits(1), waits(2), waits(3, { author: { id: 'u2', name: 'x', roles: [], badges: [] } }))
  held.take(sliceOf([remove(4, one(1))]))
  assert.equal(ids(), [2, 3])
  held.take(sliceOf([restore(5, one(1))]))
  assert.equal(ids(), [1, 2, 3])
  held.take(sliceOf([remove(6, { authorId: 'u1' })]))
  assert.equal(ids(), [3])
  held.take(sliceOf([clear(7, 'panel')]))
  assert.equal(ids(), [3], 'only the picture was emptied')
  held.take(sliceOf([clear(8, 'platform')]))
  assert.equal(ids(), [])
})

test('gives back with an author, or one by one, only what a moderator had taken away in that way', () => {
  const { held, ids } = open(waits(1), waits(2), waits(3), remove(4, one(1), 'platform'), remove(5, one(2)))
  held.take(sliceOf([remove(6, { authorId: 'u1' }), restore(7, { authorId: 'u1' })]))
  assert.equal(ids(), [3])
  assert.is(held.refused('c', fingerprint('twitch:m1')), true)
  held.take(sliceOf([restore(8, one(1)), restore(9, one(2))]))
  assert.equal(ids(), [2, 3], 'what the platform took away stays away')
})

test('does not ask again about what is on air already and comes once more', () => {
  const { ids } = open(waits(1), release(2, waits(1)), { ...waits(3), id: 'twitch:m1' })
  assert.equal(ids(), [])
})

test('takes a release for another one where the message was given back meanwhile, and lets one of them through', () => {
  const { held } = open(waits(1))
  assert.is(held.turn('c', 'twitch:m1'), 0)
  held.decide('c', 'twitch:m1')
  held.take(sliceOf([remove(2, { authorId: 'u1' }), restore(3, { authorId: 'u1' })]))
  assert.is(held.turn('c', 'twitch:m1'), 1)
  assert.is(held.refused('c', fingerprint('twitch:m1')), false)
  held.take(sliceOf([release(4, waits(1))]))
  assert.is(held.refused('c', fingerprint('twitch:m1')), true)
})

test('never brings a released message back into the queue', () => {
  const { held, ids } = open(waits(1), release(2, waits(1)), remove(3, one(1)), restore(4, one(1)))
  assert.equal(ids(), [])
  assert.is(
    codeOf(() => held.decide('c', 'twitch:m1')),
    'held_decided',
  )
})

test('does not hold for long, nor many, nor much', () => {
  const { ids, clock, held } = open(...Array.from({ length: MAX_HELD + 3 }, (_, nth) => waits(nth + 1)))
  assert.is(ids().length, MAX_HELD)
  assert.is(ids()[0], 4)
  clock.now = NOW + KEEP_HELD_MS + MAX_HELD
  assert.equal(ids(), [MAX_HELD, MAX_HELD + 1, MAX_HELD + 2, MAX_HELD + 3])
  assert.is(
    codeOf(() => held.decide('c', 'twitch:m1')),
    'not_found',
  )
  const text = 'x'.repeat(MAX_HELD_BYTES / 3)
  assert.equal(open(...[1, 2, 3, 4].map((seq) => waits(seq, { text, parts: [] }))).ids(), [3, 4])
})

test('tells docks of what was held for too long, whoever notices it first', () => {
  const { held, clock, changed } = open(waits(1))
  clock.now = NOW + 2 * KEEP_HELD_MS
  const before = changed.length
  const { changes } = held.count('c')
  assert.equal([held.count('c').count, changed.length], [0, before + 1])
  assert.is(held.count('c').changes, changes, 'once')
})

test('goes on after a restart with what waited', () => {
  const { held, ids } = open()
  held.resume('c', [waits(1), waits(2)])
  held.take(sliceOf([remove(1, one(2))]))
  assert.equal(ids(), [1])
  held.take(sliceOf([clear(2, 'platform')]))
  assert.equal(ids(), [])
})

/** As the queue of a server that is started again has it, from the transcript. */
function startedAgain(events: readonly ChatEvent[]) {
  const before = new HeldBefore(NOW)
  for (const event of events.toReversed()) before.look(event)
  const after = open()
  after.held.resume('c', before.events)
  return after
}

test('lets what was refused wait again after a restart, where it is given back before it or after it', () => {
  const gone = remove(2, { authorId: 'u1' })
  assert.equal(startedAgain([waits(1), gone, restore(3, one(1))]).ids(), [1])
  const { held, ids } = startedAgain([waits(1), gone])
  assert.equal(ids(), [])
  held.take(sliceOf([restore(3, one(1))]))
  assert.equal(ids(), [1])
})

test('tells after a restart who was faster', () => {
  const { held } = startedAgain([waits(1), waits(2), release(3, waits(1)), remove(4, one(2))])
  for (const nth of [1, 2])
    assert.is(
      codeOf(() => held.decide('c', `twitch:m${nth}`)),
      'held_decided',
    )
  assert.is(held.refused('c', fingerprint('twitch:m2')), true)
})

test('tells the same before and after a restart, whatever was done in whatever order', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const events = happened(seeded(seed))
    for (let cut = 0; cut <= events.length; cut++) {
      const before = open(...events)
      const after = startedAgain(events.slice(0, cut))
      for (const event of events.slice(cut)) after.held.take(sliceOf([event]))
      assert.equal(after.ids(), before.ids(), `seed ${seed}, cut behind ${cut}`)
    }
  }
})

/** What is held of two authors, and things that are done to it. */
function happened(random: () => number): ChatEvent[] {
  const author = (id: string) => ({ author: { id, name: id, roles: [], badges: [] } })
  return Array.from({ length: 8 }, (_, nth): ChatEvent => {
    const seq = nth + 1
    const target = random() < 0.5 ? one(1 + Math.floor(random() * 3)) : { authorId: pick(random, ['u1', 'u2']) }
    const acts = [
      () => remove(seq, target, 'panel'),
      () => remove(seq, target, 'platform'),
      () => restore(seq, target),
      () => restore(seq, target),
      () => release(seq, waits(1)),
      () => clear(seq, 'platform'),
    ] as const
    return nth < 2 || random() < 0.2 ? waits(seq, author(pick(random, ['u1', 'u2']))) : pick(random, acts)()
  })
}

test.run()
