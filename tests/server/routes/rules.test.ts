import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView } from '../../../server/api/moderation.ts'
import { MAX_FORMER_RULES } from '../../../server/stores/moderation.ts'
import { NO_RULES, type Rules } from '../../../workers/ruled.ts'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/rules')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after(async ({ doors }) => doors.close())

const PATH = '/api/moderation/rules'
const RULES = { words: ['spoiler'], users: ['somebody'], commands: true, bots: false }
const get = async (visitor: Visitor) => jsonOf<Rules>(await visitor.call('GET', PATH))

test('takes a body of old, keeps it and hands it to the line', async ({ doors, visitor }) => {
  assert.equal(await get(visitor), NO_RULES)
  assert.is((await visitor.call('PUT', PATH, RULES)).status, 200)
  assert.equal(await get(visitor), { ...NO_RULES, ...RULES })
  assert.equal(doors.seen.at(-1)?.slice(0, 1).concat(doors.seen.at(-1)?.[2]), ['rules', { ...NO_RULES, ...RULES }])
})

test('reads rules that were kept before there were so many', async ({ doors, visitor }) => {
  const old: Partial<Rules> = RULES
  const { channel } = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  await doors.stores.channels.setRules(channel.id, old as Rules)
  assert.equal(await get(visitor), { ...NO_RULES, ...RULES })
})

test('leaves what a body of old cannot name', async ({ visitor }) => {
  const more = {
    links: { action: 'hold', allow: ['example.org'] },
    caps: { action: 'hide', share: 80, least: 6 },
    repeats: { action: 'hide', within: 60 },
    emoteOnly: { action: 'hold' },
    firstTimers: true,
    everything: true,
  }
  await visitor.call('PUT', PATH, { ...RULES, ...more })
  await visitor.call('PUT', PATH, { ...RULES, words: [] })
  assert.equal(await get(visitor), { ...RULES, words: [], ...more })
  await visitor.call('PUT', PATH, {
    ...RULES,
    links: null,
    caps: null,
    repeats: null,
    emoteOnly: null,
    firstTimers: false,
    everything: false,
  })
  assert.equal(await get(visitor), { ...NO_RULES, ...RULES })
})

test('gives a word as plainly as it was meant', async ({ visitor }) => {
  const whole = { text: 'ass', match: 'whole', action: 'hide' }
  const held = { text: 'maybe', match: 'anywhere', action: 'hold' }
  await visitor.call('PUT', PATH, { ...RULES, words: ['a', { text: 'b' }, { text: ' ass ', match: 'whole' }, held] })
  assert.equal((await get(visitor)).words, ['a', 'b', whole, held])
})

test('keeps of an allowed address its host', async ({ visitor }) => {
  const allow = ['https://www.Example.org/some/page?x=1', 'clips.example.tv', 'bücher.example']
  await visitor.call('PUT', PATH, { ...RULES, links: { action: 'hide', allow } })
  assert.equal((await get(visitor)).links?.allow, ['example.org', 'clips.example.tv', 'xn--bcher-kva.example'])
  for (const odd of ['no host', 'word', 'https://', '/path']) {
    assert.is((await visitor.call('PUT', PATH, { ...RULES, links: { action: 'hide', allow: [odd] } })).status, 400, odd)
  }
})

test('takes the most and longest words there may be, and refuses more', async ({ visitor }) => {
  const words = Array.from({ length: 1_000 }, (_, n) => '🦦'.repeat(45) + n)
  assert.is((await visitor.call('PUT', PATH, { ...RULES, words })).status, 200)
  const before = await get(visitor)
  const bad = [
    { words: [...words, 'x'] },
    { words: [{ text: 'x', match: 'regex' }] },
    { words: [''] },
    { caps: { action: 'hide', share: 10 } },
    { repeats: { action: 'drop' } },
    { repeats: { action: 'hide', within: 1e9 } },
    { unknown: true },
  ]
  for (const each of bad) assert.is((await visitor.call('PUT', PATH, { ...RULES, ...each })).status, 400)
  assert.equal(await get(visitor), before)
})

test('asks the line what rules would do, saved or not, and keeps nothing', async ({ doors, visitor }) => {
  const before = await get(visitor)
  const test = `${PATH}/test`
  assert.equal(jsonOf(await visitor.call('POST', test, { text: 'hello' })), { rule: null, action: 'show', found: null })
  assert.equal(doors.seen.at(-1)?.[2], { text: 'hello', name: 'somebody', person: null, first: false, rules: null })
  const person = { platform: 'testtube', authorId: '7', name: 'Noodle_Knight' }
  await visitor.call('POST', '/api/moderation/people', person)
  await visitor.call('POST', test, {
    text: 'hi',
    name: '@noodle_knight',
    first: true,
    rules: { ...RULES, everything: true },
  })
  const [, , trial] = doors.seen.at(-1) as [string, string, Record<string, unknown>]
  assert.equal([trial.person, trial.first], [{ platform: 'testtube', authorId: '7' }, true])
  assert.equal((trial.rules as Rules).everything, true)
  assert.equal(await get(visitor), before)
})

test('takes changes back, the newest first, each once', async ({ doors }) => {
  const fox = await member(doors.port, 'Fox')
  const stranger = await member(doors.port, 'Badger')
  const rules = (word: string) => ({ ...RULES, words: [word] })
  for (const word of ['one', 'two', 'two']) assert.is((await fox.call('PUT', PATH, rules(word))).status, 200)
  const log = async () => jsonOf<{ items: DeedView[] }>(await fox.call('GET', '/api/moderation/log')).items
  const [same, two, one] = await log()
  assert.equal([same?.restorable, two?.restorable, one?.restorable], [undefined, true, undefined])
  const undo = (who: Visitor, deed?: DeedView) => who.call('POST', `${PATH}/undo/${deed?.id}`)
  assert.is((await undo(stranger, two)).status, 404)
  assert.is(codeOf(await undo(fox, one)), 'rules_changed')
  assert.is((await undo(fox, same)).status, 404, 'nothing was changed')
  assert.equal(jsonOf<Rules>(await undo(fox, two)).words, ['one'])
  assert.equal(doors.seen.at(-2)?.[0], 'rules')
  assert.is((await undo(fox, two)).status, 404, 'once')
  const [undone, , before] = await log()
  assert.equal([undone?.undoes, before?.undoneBy], [two?.id, undone?.id])
  assert.equal(jsonOf<Rules>(await undo(fox, one)).words, [])
  assert.equal(await get(fox), NO_RULES)
})

test('remembers only so many former rules', async ({ doors }) => {
  const fox = await member(doors.port, 'Raven')
  for (let nth = 0; nth <= MAX_FORMER_RULES; nth++) await fox.call('PUT', PATH, { ...RULES, words: [`w${nth}`] })
  const { channel } = jsonOf<{ channel: { id: string } }>(await fox.call('GET', '/api/auth/me'))
  assert.is((await doors.stores.rulesHistory.byChannel(channel.id)).length, MAX_FORMER_RULES)
})

test.run()
