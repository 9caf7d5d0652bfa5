import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError, createApi, exportAddress } from '../../admin/api.ts'

const test = suite('admin/api')

interface Call {
  path: string
  init: RequestInit
}

/** An Api whose calls are noted and answered by `answer`. */
function apiWith(answer: () => Response | Promise<Response>) {
  const calls: Call[] = []
  let signedOut = 0
  const api = createApi(
    async (path, init) => {
      calls.push({ path, init })
      return answer()
    },
    () => signedOut++,
  )
  return { api, calls, signedOut: () => signedOut }
}

const refusal =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  () =>
    Response.json(
      { error: { code, message: 'A sentence.', fields: { title: 'too long' }, requestId: 'r1' } },
      { status, headers },
    )

async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof ApiError) return thrown
  }
  throw new Error('Nothing was refused.')
}

test('sends JSON with the cookie and gives back what is answered', async () => {
  const { api, calls } = apiWith(() => Response.json({ id: 's1' }, { status: 201 }))
  assert.equal(await api.startStream('Friday'), { id: 's1' })
  assert.is(calls[0]?.path, '/api/streams')
  assert.is(calls[0]?.init.credentials, 'same-origin')
  assert.is(calls[0]?.init.body, '{"title":"Friday"}')
})

test('leaves an empty title and empty filters out', async () => {
  const { api, calls } = apiWith(() => Response.json({ items: [], next: null }))
  await api.startStream('')
  await api.transcript('s1', { cursor: null, q: '', platform: 'red', withoutSimulated: true })
  assert.is(calls[0]?.init.body, '{}')
  assert.is(calls[1]?.path, '/api/streams/s1/events?limit=100&platform=red&simulated=no')
})

test('takes an answer without content', async () => {
  const { api } = apiWith(() => new Response(null, { status: 204 }))
  assert.is(await api.logout(), undefined)
})

test('turns a refusal into its sentence and fields', async () => {
  const { api, signedOut } = apiWith(refusal(400, 'bad_request'))
  const error = await errorOf(api.startStream('x'))
  assert.equal(
    [error.message, error.code, error.fields, error.requestId],
    ['A sentence.', 'bad_request', { title: 'too long' }, 'r1'],
  )
  assert.is(signedOut(), 0)
})

test('tells of a login that has ended, but not of a wrong password', async () => {
  const ended = apiWith(refusal(401, 'signed_out'))
  await errorOf(ended.api.keys())
  assert.is(ended.signedOut(), 1)
  const wrong = apiWith(refusal(401, 'bad_login'))
  await errorOf(wrong.api.login({ username: 'lena', password: 'x' }))
  assert.is(wrong.signedOut(), 0)
})

test('knows how long to wait after too many attempts', async () => {
  const said = await errorOf(apiWith(refusal(429, 'too_many', { 'retry-after': '42' })).api.me())
  assert.is(said.retryAfter, 42)
  const unsaid = await errorOf(apiWith(refusal(429, 'too_many')).api.me())
  assert.is(unsaid.retryAfter, 30)
})

test('has a sentence for a server that is gone and for an answer that is not ours', async () => {
  const gone = await errorOf(apiWith(() => Promise.reject(new TypeError('fetch failed'))).api.me())
  assert.is(gone.status, 0)
  assert.match(gone.message, /cannot be reached/)
  const foreign = await errorOf(apiWith(() => new Response('<h1>Bad gateway</h1>', { status: 502 })).api.me())
  assert.is(foreign.message, 'The server answered with 502.')
})

test('names the channel that is not the own one', async () => {
  const sent: RequestInit[] = []
  let named: string | null = 'c2'
  const api = createApi(
    async (_, init) => {
      sent.push(init)
      return Response.json({ items: [] })
    },
    () => {},
    () => named,
  )
  await api.members()
  named = null
  await api.members()
  const headers = sent.map((init) => new Headers(init.headers).get('X-CrossChat-Channel'))
  assert.equal(headers, ['c2', null])
})

test('names the export of a stream, of what fits in it, and of a search', () => {
  const plain = { format: 'csv', offset: 0, withoutRemoved: false, withoutSimulated: false, pseudonyms: false } as const
  const whole = { stream: 's1', q: '', platform: '' }
  assert.is(exportAddress(whole, plain, null), '/api/streams/s1/export?format=csv')
  assert.is(exportAddress(whole, plain, 'c2'), '/api/streams/s1/export?format=csv&channel=c2')
  const all = { format: 'srt', offset: -2.5, withoutRemoved: true, withoutSimulated: true, pseudonyms: true } as const
  assert.is(
    exportAddress({ stream: 's1', q: 'a b', platform: 'kick' }, all, null),
    '/api/streams/s1/export?format=srt&q=a+b&platform=kick&offset=-2.5&removed=no&simulated=no&names=pseudonyms',
  )
  const some = exportAddress({ ...whole, lines: '3,5-9' }, plain, null)
  assert.is(some, '/api/streams/s1/export?format=csv&lines=3%2C5-9')
  assert.is(exportAddress({ stream: null, q: 'owl', platform: '' }, plain, null), '/api/search/export?format=csv&q=owl')
})

test.run()
