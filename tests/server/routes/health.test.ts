import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ask, type Doors, jsonOf, openDoors } from '../../help/doors.ts'

const TOKEN = 'a-token-for-metrics'
const test = suite<{ open: Doors; guarded: Doors }>('routes/health')
test.before(async (context) => {
  context.open = await openDoors()
  context.guarded = await openDoors({ env: { CROSSCHAT_METRICS_TOKEN: TOKEN } })
})
test.after(async ({ open, guarded }) => {
  await Promise.all([open.close(), guarded.close()])
})

test('says that it lives', async ({ open }) => {
  const answer = await ask(open.port, { path: '/healthz' })
  assert.is(answer.status, 200)
  assert.equal(jsonOf(answer), { status: 'ok' })
})

test('says why it is not ready', async ({ open }) => {
  assert.is((await ask(open.port, { path: '/readyz' })).status, 200)
  open.failWith(new Error('the worker is starting'))
  const answer = await ask(open.port, { path: '/readyz' })
  open.failWith(null)
  assert.is(answer.status, 503)
  assert.equal(jsonOf<{ reasons: string[] }>(answer).reasons, ['the worker is starting'])
})

test('gives figures to this machine only, and to no proxy on it', async ({ open }) => {
  const answer = await ask(open.port, { path: '/metrics' })
  assert.is(answer.status, 200)
  assert.match(answer.text, /^# HELP cc_overlays /m)
  assert.is((await ask(open.port, { path: '/metrics', headers: { forwarded: 'for=203.0.113.9' } })).status, 404)
})

test('gives figures to the token where there is one', async ({ guarded }) => {
  const get = (authorization: string) => ask(guarded.port, { path: '/metrics', headers: { authorization } })
  assert.is((await ask(guarded.port, { path: '/metrics' })).status, 401)
  assert.is((await get('Bearer wrong')).status, 401)
  assert.is((await get(`Bearer ${TOKEN}`)).status, 200)
})

test.run()
