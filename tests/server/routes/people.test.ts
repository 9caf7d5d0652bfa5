import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, PeopleView, PersonView } from '../../../server/api/moderation.ts'
import { Lifting } from '../../../server/lifting.ts'
import { lifted } from '../../../server/routes/lifted.ts'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/people')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after(async ({ doors }) => doors.close())

const draftOf = (what: unknown[] | undefined) => (what?.[2] ?? {}) as Record<string, unknown>
const PATH = '/api/moderation/people'
const PERSON = { platform: 'testtube', authorId: '77' }
const list = async (visitor: Visitor) => jsonOf<PeopleView>(await visitor.call('GET', PATH))

test('hides a person: first the rule, then what they have written', async ({ doors, visitor }) => {
  const before = doors.seen.length
  const answer = await visitor.call('POST', PATH, { ...PERSON, name: 'Mossy Otter', note: 'sells viewers' })
  assert.is(answer.status, 201)
  const [rules, event] = doors.seen.slice(before)
  assert.equal([rules?.[0], rules?.[2]], ['rules', { people: [PERSON] }])
  const { kind, target, platform } = draftOf(event)
  assert.equal([kind, target, platform], ['remove', { authorId: '77' }, 'testtube'])
  const { items, max } = await list(visitor)
  const [{ at, ...person }] = items as [PeopleView['items'][number]]
  assert.ok(at > 0)
  assert.equal(person, {
    ...PERSON,
    name: 'Mossy Otter',
    note: 'sells viewers',
    by: { kind: 'account', name: 'Otter' },
    until: null,
  })
  assert.is(max, 1_000)
})

test('leaves somebody who is listed as they are', async ({ visitor }) => {
  await visitor.call('POST', PATH, { ...PERSON, name: 'Another Name' })
  const { items } = await list(visitor)
  assert.equal(
    items.map(({ name, note }) => [name, note]),
    [['Mossy Otter', 'sells viewers']],
  )
})

test('shows a person again, with what the overlays had just lost, and the log names both', async ({
  doors,
  visitor,
}) => {
  assert.is((await visitor.call('POST', `${PATH}/show`, PERSON)).status, 204)
  const [rules, event] = doors.seen.slice(-2)
  assert.equal(rules?.[2], { people: [] })
  assert.is(draftOf(event).kind, 'restore')
  assert.equal((await list(visitor)).items, [])
  const { items } = jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log'))
  const [shown, , hidden] = items
  assert.equal([shown?.what, shown?.author], ['showPerson', 'Mossy Otter'])
  assert.is(hidden?.what, 'hidePerson')
  assert.equal(items.find(({ id }) => id === shown?.undoes)?.what, 'hidePerson')
  assert.is((await visitor.call('POST', `${PATH}/show`, PERSON)).status, 404)
})

test('shows a person again by itself once their time is up, and says so in the log', async ({ doors, visitor }) => {
  let now = Date.now()
  const { house, stores } = doors
  const lifting = new Lifting({ stores, log: house.log, now: () => now, lifted: (person) => lifted(house, person) })
  const { until } = jsonOf<PersonView>(await visitor.call('POST', PATH, { ...PERSON, name: 'Mossy Otter', lasts: 600 }))
  assert.ok(typeof until === 'number' && until > now + 590_000)
  await lifting.look()
  assert.is((await list(visitor)).items.length, 1)
  now += 601_000
  await lifting.look()
  assert.equal((await list(visitor)).items, [])
  assert.equal(doors.seen.filter(([what]) => what === 'rules').at(-1)?.[2], { people: [] })
  const [deed] = jsonOf<{ items: DeedView[] }>(await visitor.call('GET', '/api/moderation/log')).items
  assert.equal([deed?.what, deed?.author, deed?.by.kind], ['showPerson', 'Mossy Otter', 'time'])
})

test('hides a person for the stream that runs, and for no other', async ({ doors, visitor }) => {
  const lifting = new Lifting({
    stores: doors.stores,
    log: doors.house.log,
    lifted: (each) => lifted(doors.house, each),
  })
  assert.is(codeOf(await visitor.call('POST', PATH, { ...PERSON, lasts: 'stream' })), 'no_stream')
  assert.equal((await list(visitor)).items, [])
  await visitor.call('POST', '/api/streams', {})
  assert.is(jsonOf<PersonView>(await visitor.call('POST', PATH, { ...PERSON, lasts: 'stream' })).until, 'stream')
  await lifting.look()
  assert.is((await list(visitor)).items.length, 1)
  await visitor.call('POST', '/api/streams/live/end')
  await lifting.look()
  assert.equal((await list(visitor)).items, [])
})

test('hides for good whoever was hidden for a time and is hidden again', async ({ doors, visitor }) => {
  const { house, stores } = doors
  const lifting = new Lifting({
    stores,
    log: house.log,
    now: () => Date.now() + 700_000,
    lifted: (each) => lifted(house, each),
  })
  await visitor.call('POST', PATH, { ...PERSON, lasts: 600 })
  const [stale] = await stores.people.due(Date.now() + 700_000, new Set())
  assert.ok(stale)
  assert.is(jsonOf<PersonView>(await visitor.call('POST', PATH, PERSON)).until, null)
  assert.is(await stores.people.lift(stale), false, 'decided anew meanwhile')
  await lifting.look()
  assert.is((await list(visitor)).items.length, 1)
  await visitor.call('POST', `${PATH}/show`, PERSON)
  for (const lasts of [0, 9, 1e12, -5, 'day']) {
    assert.is((await visitor.call('POST', PATH, { ...PERSON, lasts })).status, 400, String(lasts))
  }
})

test('keeps each channel’s list to itself', async ({ doors, visitor }) => {
  const other = await member(doors.port, 'Badger')
  await visitor.call('POST', PATH, PERSON)
  assert.equal((await list(other)).items, [])
  assert.is((await other.call('POST', `${PATH}/show`, PERSON)).status, 404)
  assert.is((await list(visitor)).items.length, 1)
})

test('refuses what names nobody, and platforms that are not known', async ({ visitor }) => {
  for (const body of [{}, { authorId: '7' }, { ...PERSON, note: 'x'.repeat(201) }, { ...PERSON, more: 1 }])
    assert.is((await visitor.call('POST', PATH, body)).status, 400)
  assert.is(codeOf(await visitor.call('POST', PATH, { ...PERSON, platform: 'nowhere' })), 'unknown_platform')
})

test.run()
