import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seal } from '../../server/auth/seal.ts'
import { Vault } from '../../server/auth/vault.ts'
import { CrossChatError } from '../../server/errors.ts'
import { changed, sameOrder, secretsOf, viewOf } from '../../server/source-record.ts'
import type { StoredSource } from '../../server/stores/sources.ts'
import type { About, SourceForm } from '../../workers/about.ts'
import type { SourceReport } from '../../workers/followed.ts'
import { ABOUT } from '../help/doors.ts'

const vault = new Vault(new Seal([Buffer.alloc(32, 1)]))
const FORM: SourceForm = {
  label: 'Channel',
  placeholder: 'name',
  fields: [
    { name: 'room', kind: 'text', label: 'Room', hint: '' },
    { name: 'apiKey', kind: 'secret', label: 'Key', hint: '' },
    { name: 'seal', kind: 'secret', letters: { least: 10, most: 20 }, label: 'Seal', hint: '' },
    { name: 'quiet', kind: 'switch', label: 'Quiet', hint: '' },
  ],
  broadcasts: true,
}
const TESTTUBE: About = { ...ABOUT, source: FORM }

function change(before: StoredSource | null, given: Record<string, string | boolean | null>): StoredSource {
  return changed({ channelId: 'c', platform: 'testtube', before, form: FORM, change: given, vault })
}

function refusal(given: Record<string, string | boolean | null>): unknown {
  try {
    change(null, given)
  } catch (error) {
    return error instanceof CrossChatError ? [error.code, error.fields] : error
  }
  return null
}

const test = suite('source-record')

test('begins followed, and not with the broadcast', () => {
  const { createdAt, ...source } = change(null, { channel: 'One' })
  assert.ok(Math.abs(Date.now() - createdAt) < 60_000)
  assert.equal(source, {
    channelId: 'c',
    platform: 'testtube',
    name: '',
    enabled: true,
    autoStream: false,
    options: {},
    secrets: {},
    facts: {},
    broadcast: null,
  })
})

test('takes a secret only as long as the platform has them, and none at all', () => {
  for (const seal of ['x', 'x'.repeat(9), 'x'.repeat(21)])
    assert.equal(refusal({ seal }), ['bad_request', { seal: 'has 10 to 20 letters' }])
  for (const seal of ['x'.repeat(10), 'x'.repeat(20), '', null]) assert.is(refusal({ seal }), null)
})

test('changes what is named and leaves the rest', () => {
  const before = change(null, { room: 'den', apiKey: 'a long and secret key', quiet: true, autoStream: true })
  const after = change(before, { enabled: false, quiet: false, room: null })
  assert.equal([after.enabled, after.autoStream, after.options], [false, true, {}])
  assert.equal(secretsOf(after, vault), { apiKey: 'a long and secret key' })
  assert.equal(change(after, { apiKey: '' }).secrets, {})
})

test('refuses options that the platform does not have, and values of another kind', () => {
  assert.equal(refusal({ volume: 'loud' }), ['bad_request', { volume: 'is not known here' }])
  assert.equal(refusal({ constructor: 'x' }), ['bad_request', { constructor: 'is not known here' }])
  assert.equal(refusal({ quiet: 'yes' }), ['bad_request', { quiet: 'is true or false' }])
  assert.equal(refusal({ room: true }), ['bad_request', { room: 'is a text' }])
})

test('seals a secret, and shows of it how it ends and no more', () => {
  const source = { ...change(null, { apiKey: 'a long and secret key' }), name: 'one' }
  assert.not.match(JSON.stringify(source), /secret key/)
  const view = viewOf(TESTTUBE, source, null, null, vault)
  assert.equal(view.options, { apiKey: 'saved, ends in …key' })
  const short = { ...change(null, { apiKey: 'short' }), name: 'one' }
  assert.equal(viewOf(TESTTUBE, short, null, null, vault).options, { apiKey: 'saved' })
  const other = new Vault(new Seal([Buffer.alloc(32, 2)]))
  assert.equal(viewOf(TESTTUBE, source, null, null, other).options, {}, 'what cannot be opened counts as not set')
})

test('shows a source that is off, or nothing, as off', () => {
  const report: SourceReport = {
    state: 'live',
    since: 5,
    error: 'an error',
    retryAt: 6,
    lastEventAt: 7,
    events: 8,
    way: 'Socket',
    quota: null,
  }
  const off = {
    state: 'off',
    since: null,
    error: null,
    retryAt: null,
    lastEventAt: null,
    events: 0,
    way: null,
    quota: null,
  }
  const nothing = viewOf(TESTTUBE, null, null, 'key', vault)
  assert.equal(nothing, {
    ...off,
    platform: 'testtube',
    channel: null,
    enabled: false,
    autoStream: false,
    title: null,
    avatar: null,
    options: {},
    hook: '/hooks/testtube/key',
  })
  const disabled = {
    ...change(null, { enabled: false }),
    name: 'one',
    facts: { title: 'One', avatar: 'a.png', id: '7' },
  }
  const view = viewOf(TESTTUBE, disabled, report, null, vault)
  assert.equal(
    [view.state, view.error, view.events, view.channel, view.title, view.avatar],
    ['off', null, 0, 'one', 'One', 'a.png'],
  )
  assert.is(viewOf(TESTTUBE, { ...disabled, enabled: true }, report, null, vault).state, 'live')
})

test('knows what changes how a source is followed', () => {
  const one = { ...change(null, { room: 'den', apiKey: 'a long and secret key' }), name: 'one' }
  assert.ok(sameOrder(one, change(one, { autoStream: true })))
  assert.ok(sameOrder(one, { ...one, facts: { id: '1' }, broadcast: { live: true, at: 1 } }))
  for (const other of [
    { ...one, name: 'two' },
    change(one, { enabled: false }),
    change(one, { room: 'hall' }),
    change(one, { room: null }),
    change(one, { apiKey: 'another secret key' }),
  ])
    assert.not(sameOrder(one, other))
})

test.run()
