import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Turns, Waiting } from '../../overlay/waiting.ts'
import { release, SLOW_PER_SECOND, UNPACED } from '../../overlay/waiting.ts'
import type { Drawable } from '../../overlay/words.ts'
import { message, NOW, notice } from './samples.ts'

const test = suite('overlay/waiting')

const by = (role: 'mod' | 'vip' | 'owner' | 'sub') => ({
  author: { id: role, name: role, roles: [role], badges: [] },
})
const mod = (id: string) => message(id, by('mod'))
const waits = (event: Drawable, ago = 0): Waiting => ({ event, due: NOW - ago })
const many = (count: number, from = 1) => Array.from({ length: count }, (_, i) => message(`m${from + i}`))
const turns = (free: number): Turns => ({ at: NOW, free })
const ids = (events: readonly Drawable[]) => events.map(({ id }) => id).join(' ')
const left = (waiting: readonly Waiting[]) => ids(waiting.map(({ event }) => event))
const line = (...events: Drawable[]) => events.map((event) => waits(event))

test('hands out moderators, VIPs, the owner, money and events first, as they came among themselves', () => {
  const first = [
    mod('mod'),
    message('vip', by('vip')),
    message('owner', by('owner')),
    message('paid', { money: { kind: 'superchat', amount: 5, display: '€5' } }),
    notice('raid', 'raid', 'a raid'),
  ] as const
  const mixed = first.flatMap((event, i) => [message(`m${i}`), event])
  let now = { waiting: line(...mixed), turns: turns(0) }
  const order: string[] = []
  for (let second = 1; second <= 2; second++) {
    const { shown, ...next } = release(now.waiting, now.turns, 5, NOW + second * 1_000)
    order.push(ids(shown))
    now = next
  }
  assert.equal(order, ['mod vip owner paid raid', 'm0 m1 m2 m3 m4'])
})

test('takes a subscriber for one of many', () => {
  const { shown } = release(line(message('a'), message('sub', by('sub'))), turns(1), 4, NOW)
  assert.is(ids(shown), 'a')
})

test('shows what goes out together in the order in which it came', () => {
  const { shown, waiting } = release(line(message('a'), message('b'), mod('x'), message('c')), turns(3), 4, NOW)
  assert.is(ids(shown), 'a b x')
  assert.is(left(waiting), 'c')
  assert.is(ids(release(line(message('a'), mod('x'), message('b')), turns(0), UNPACED, NOW + 1_000).shown), 'a x b')
})

test('passes nobody over who came a second before', () => {
  const line = [waits(message('late'), 1_001), waits(message('soon'), 999), waits(mod('x'))]
  const { shown, waiting } = release(line, turns(1), 4, NOW)
  assert.is(ids(shown), 'late')
  assert.is(ids(release(waiting, turns(1), 4, NOW).shown), 'x')
})

test('shows in the end whoever waits while moderators go on talking at the full rate', () => {
  const rate = 4
  const order: string[] = []
  let now = release(line(...many(1)), turns(0), rate, NOW)
  for (let nth = 1; nth <= 10; nth++) {
    const at = NOW + nth * 250
    now = release([...now.waiting, { event: mod(`x${nth}`), due: at }], now.turns, rate, at)
    order.push(ids(now.shown))
  }
  assert.is(order.indexOf('m1'), 3, 'only those go before it that came less than a second after it')
})

test('drops the oldest of the surplus, and moderators only where more of them wait than five seconds hold', () => {
  const { shown, waiting } = release(line(mod('x'), ...many(40)), turns(2), 2, NOW)
  assert.is(`${ids(shown)} | ${left(waiting)}`, 'x m38 | m39 m40')
  const talk = Array.from({ length: 30 }, (_, i) => mod(`x${i + 1}`))
  const flood = release(line(...talk, ...many(40)), turns(0), 2, NOW)
  assert.is(
    left(flood.waiting),
    talk
      .slice(-10)
      .map(({ id }) => id)
      .join(' '),
  )
})

test('loses nothing of a raid, a gift and a thank-you that come at once into a slow display', () => {
  const news = [notice('raid', 'raid', 'a raid'), notice('gift', 'gift', 'a gift'), mod('thanks')]
  let now = { waiting: line(...many(20), ...news, ...many(20, 21)), turns: turns(1) }
  const order: string[] = []
  for (let second = 0; second < 4; second++) {
    const { shown, ...next } = release(now.waiting, now.turns, SLOW_PER_SECOND, NOW + second * 1_000)
    order.push(ids(shown))
    now = next
  }
  assert.equal(order, ['raid', 'gift', 'thanks', ''])
})

test('keeps what is delayed until it is due, whoever wrote it', () => {
  const { shown, waiting } = release([waits(message('a')), waits(mod('x'), -500)], turns(4), 4, NOW)
  assert.is(`${ids(shown)} | ${left(waiting)}`, 'a | x')
})

test.run()
