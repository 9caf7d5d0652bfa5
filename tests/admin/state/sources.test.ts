import { signal } from '@preact/signals'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { EMPTY_FEED, feed } from '../../../admin/state/feed.ts'
import { Sources, type SourcesApi } from '../../../admin/state/sources.ts'
import type { SourceView } from '../../../server/protocol.ts'
import { followed, source } from '../source-views.ts'

const test = suite('admin/state/sources')
const ALL = [source('red'), source('blue')]

function made(change: Partial<SourcesApi> = {}) {
  const state = signal(EMPTY_FEED)
  const api: SourcesApi = {
    sources: async () => ({ items: ALL }),
    setSource: async (platform) => followed(platform),
    retrySource: async () => ({ items: ALL }),
    removeSource: async () => {},
    ...change,
  }
  const sources = new Sources(api, state)
  const socketSays = (...items: SourceView[]) => {
    state.value = feed(state.value, {
      type: 'status',
      overlays: [],
      messages: 0,
      lastAt: null,
      sources: items,
      held: { count: 0, changes: 0 },
    })
  }
  return { sources, socketSays, stateOf: (platform: string) => sources.views.value?.get(platform)?.state }
}

test('knows nothing until the server has said something', async () => {
  const { sources } = made()
  assert.is(sources.views.value, null)
  await sources.fill()
  assert.is(sources.views.value?.size, 2)
})

test('takes the word of the socket for newer than the first fill that comes late', async () => {
  const { sources, socketSays, stateOf } = made()
  const filling = sources.fill()
  socketSays(followed('red'), source('blue'))
  await filling
  assert.is(stateOf('red'), 'live')
})

test('shows an answer at once, and what the socket says afterwards instead', async () => {
  const { sources, socketSays, stateOf } = made()
  socketSays(...ALL)
  await sources.set('red', { channel: 'cool_channel' })
  assert.is(stateOf('red'), 'live')
  assert.is(stateOf('blue'), 'off')
  socketSays(followed('red', { state: 'retry' }), source('blue'))
  assert.is(stateOf('red'), 'retry')
})

test('keeps to an answer that has overtaken the socket, until that has caught up', async () => {
  const { sources, socketSays, stateOf } = made()
  socketSays(...ALL)
  await sources.set('red', { channel: 'cool_channel' })
  socketSays(source('red'), followed('blue'))
  assert.equal([stateOf('red'), stateOf('blue')], ['live', 'live'])
  socketSays(followed('red', { state: 'retry' }), source('blue'))
  assert.equal([stateOf('red'), stateOf('blue')], ['retry', 'off'])
  socketSays(...ALL)
  assert.is(stateOf('red'), 'off', 'somebody else has taken it away')
})

test('believes a socket that goes on saying what was before', async () => {
  const { sources, socketSays, stateOf } = made()
  socketSays(...ALL)
  await sources.set('red', { channel: 'cool_channel' })
  for (let nth = 0; nth < 3; nth++) {
    socketSays(...ALL)
    assert.is(stateOf('red'), 'live')
  }
  socketSays(...ALL)
  assert.is(stateOf('red'), 'off')
})

test('changes nothing when the server refuses', async () => {
  const refusal = new ApiError(400, { code: 'bad_name', message: 'No such name.' })
  const { sources, socketSays, stateOf } = made({ setSource: () => Promise.reject(refusal) })
  socketSays(...ALL)
  await sources.set('red', { channel: '?' }).then(
    () => assert.unreachable(),
    (error) => assert.is(error, refusal),
  )
  assert.is(stateOf('red'), 'off')
})

test('has removed an account also when the list cannot be had afterwards', async () => {
  const { sources, socketSays } = made({ sources: () => Promise.reject(new ApiError(0, {})) })
  socketSays(followed('red'), source('blue'))
  await sources.remove('red')
})

test.run()
