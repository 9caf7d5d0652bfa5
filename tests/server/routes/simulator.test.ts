import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunView } from '../../../server/api/simulator.ts'
import { codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/simulator')
test.before(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after(async ({ doors }) => doors.close())

test('sends one message down the line', async ({ doors, visitor }) => {
  const body = { platform: 'testtube', name: 'Mossy', text: 'hi', color: '#AABBCC' }
  const answer = await visitor.call('POST', '/api/simulator/messages', body)
  assert.is(answer.status, 202)
  assert.is(jsonOf<{ events: unknown[] }>(answer).events.length, 1)
  const [what, , platform, fields] = doors.seen.at(-1) ?? []
  assert.equal([what, platform], ['sample', 'testtube'])
  assert.equal(fields, { kind: 'message', name: 'Mossy', text: 'hi', roles: [], color: '#aabbcc' })
})

test('names the kinds that the platform can make', async ({ visitor }) => {
  const answer = await visitor.call('POST', '/api/simulator/messages', {
    platform: 'testtube',
    name: 'a',
    text: 'b',
    kind: 'raid',
  })
  assert.is(answer.status, 400)
  assert.match(answer.text, /message, cheer/)
})

test('makes no message of nothing, and a notice where nobody has to say a word', async ({ visitor }) => {
  const answer = (text: string, kind?: string) =>
    visitor.call('POST', '/api/simulator/messages', { platform: 'testtube', name: 'a', text, ...(kind && { kind }) })
  for (const text of ['', ' ']) {
    const refused = await answer(text)
    assert.equal([refused.status, codeOf(refused)], [400, 'bad_request'])
    assert.match(refused.text, /"text":/)
  }
  assert.is((await answer('', 'reply')).status, 400)
  assert.is((await answer('.')).status, 202)
})

test('knows no other platforms than the line does', async ({ visitor }) => {
  const answer = await visitor.call('POST', '/api/simulator/messages', { platform: 'nowhere', name: 'a', text: 'b' })
  assert.is(codeOf(answer), 'unknown_platform')
  const run = await visitor.call('POST', '/api/simulator/runs', { count: 1, perSecond: 1, platforms: ['nowhere'] })
  assert.is(codeOf(run), 'unknown_platform')
})

test('starts, shows and stops a run', async ({ visitor }) => {
  const answer = await visitor.call('POST', '/api/simulator/runs', { count: 5, perSecond: 2 })
  assert.is(answer.status, 201)
  const run = jsonOf<RunView>(answer)
  assert.is(run.scenario, 'calm')
  assert.equal(run.platforms, ['testtube'])
  assert.ok(Number.isInteger(run.seed))
  assert.is((await visitor.call('GET', `/api/simulator/runs/${run.id}`)).status, 200)
  assert.is((await visitor.call('DELETE', `/api/simulator/runs/${run.id}`)).status, 204)
  assert.is((await visitor.call('DELETE', `/api/simulator/runs/${run.id}`)).status, 404)
})

test('mixes platforms by their parts', async ({ visitor }) => {
  const run = (mix: object) => visitor.call('POST', '/api/simulator/runs', { count: 5, perSecond: 2, mix })
  const answer = await run({ testtube: 3 })
  assert.is(answer.status, 201)
  assert.is((await run({ testtube: 0 })).status, 400)
  assert.is((await run({ testtube: 11 })).status, 400)
  assert.is(codeOf(await run({ nowhere: 1 })), 'unknown_platform')
})

test('refuses runs without measure', async ({ visitor }) => {
  const bad = [
    {},
    { count: 1e9, perSecond: 1 },
    { count: 1, perSecond: 0 },
    { count: 1, perSecond: 1, scenario: 'storm' },
  ]
  for (const body of bad) assert.is((await visitor.call('POST', '/api/simulator/runs', body)).status, 400)
})

test.run()
