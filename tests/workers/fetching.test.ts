import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fetchJson, fetchText, MAX_ANSWER_BYTES, OutsideError, parsed } from '../../workers/fetching.ts'

interface Service {
  server: Server
  url: string
  /** What the service does with the next requests. */
  answer: RequestListener
}

const test = suite<Service>('fetching')
test.before(async (context) => {
  context.answer = (_, response) => response.end()
  context.server = createServer((request, response) => context.answer(request, response))
  context.server.listen(0, '127.0.0.1')
  await once(context.server, 'listening')
  context.url = `http://127.0.0.1:${(context.server.address() as AddressInfo).port}`
})
test.after(({ server }) => {
  server.closeAllConnections()
  server.close()
})

async function failure(task: Promise<unknown>): Promise<OutsideError> {
  try {
    await task
  } catch (error) {
    if (error instanceof OutsideError) return error
    throw error
  }
  throw new Error('It did not fail.')
}

test('gives the JSON, and sends what it was asked to send', async (context) => {
  const seen: string[] = []
  context.answer = async (request, response) => {
    const body: string[] = []
    for await (const chunk of request) body.push(String(chunk))
    seen.push(
      request.method ?? '',
      request.headers['content-type'] ?? '',
      String(request.headers['x-key'] ?? ''),
      body.join(''),
    )
    response.end('{"name":"Grüße"}')
  }
  assert.equal(await fetchJson(context.url, { headers: { 'x-key': 'k' } }), { name: 'Grüße' })
  await fetchJson(context.url, { method: 'POST', body: { a: [1] } })
  assert.equal(seen, ['GET', '', 'k', '', 'POST', 'application/json', '', '{"a":[1]}'])
})

test('gives the text of every status, and no JSON but of 2xx', async (context) => {
  context.answer = (_, response) => response.writeHead(404).end('gone')
  const { status, text } = await fetchText(context.url)
  assert.equal([status, text], [404, 'gone'])
  const error = await failure(fetchJson(context.url))
  assert.is(error.status, 404)
  assert.match(error.message, /^127\.0\.0\.1:\d+ answered 404\.$/)
})

test('does not follow a redirect', async (context) => {
  let asked = 0
  context.answer = (_, response) => {
    asked++
    response.writeHead(302, { location: `${context.url}/elsewhere` }).end()
  }
  assert.is((await fetchText(context.url)).status, 302)
  assert.is((await failure(fetchJson(context.url))).status, 302)
  assert.is(asked, 2)
})

test('gives up what does not begin, and what does not end, in time', async (context) => {
  context.answer = () => {}
  assert.match((await failure(fetchText(context.url, { within: 40 }))).message, /did not answer within 40 ms/)
  context.answer = (_, response) => response.write('{"half":')
  const error = await failure(fetchText(context.url, { within: 60 }))
  assert.match(error.message, /did not answer within 60 ms/)
  assert.is(error.status, 0)
})

test('stops reading an answer that is too large', async (context) => {
  const closed = new Promise<void>((resolve) => {
    context.answer = (_, response) => {
      response.on('close', () => resolve())
      const chunk = Buffer.alloc(256 * 1_024, 0x20)
      const more = () => {
        while (!response.destroyed && response.write(chunk)) {}
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
  })
  const error = await failure(fetchText(context.url))
  assert.match(error.message, new RegExp(`more than ${MAX_ANSWER_BYTES} bytes`))
  await closed
})

test('says what is no JSON in a sentence without what came', async (context) => {
  context.answer = (_, response) => response.end('<html>a secret</html>')
  const error = await failure(fetchJson(context.url))
  assert.match(error.message, /something that is not JSON/)
  assert.not.match(error.message, /secret/)
  assert.throws(() => parsed('{', 'here'), /here answered with something that is not JSON/)
})

test('ends at once when it is taken back', async (context) => {
  const asked = new AbortController()
  context.answer = () => asked.abort()
  assert.match((await failure(fetchText(context.url, { signal: asked.signal }))).message, /cannot be reached/)
})

test('names the host and nothing else of an address that leads nowhere', async () => {
  const gone = createServer()
  gone.listen(0, '127.0.0.1')
  await once(gone, 'listening')
  const { port } = gone.address() as AddressInfo
  gone.close()
  await once(gone, 'close')
  const error = await failure(fetchText(`http://127.0.0.1:${port}/path?key=secret`))
  assert.is(error.message, `127.0.0.1:${port} cannot be reached.`)
  assert.is((await failure(fetchJson('no address'))).message, 'the service cannot be reached.')
})

test.run()
