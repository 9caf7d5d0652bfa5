import { Agent, createServer, request, type Server } from 'node:http'
import Koa from 'koa'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HomesDoor } from '../../../server/house.ts'
import { listening } from '../../../server/listening.ts'
import { handOn } from '../../../server/middleware/hand-on.ts'

interface Context {
  home: Server
  outer: Server
  /** What the home heard: method, path, body. */
  heard: string[]
  port: number
}
const test = suite<Context>('middleware/hand-on')

test.before.each(async (context) => {
  const heard: string[] = []
  context.heard = heard
  context.home = createServer(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    heard.push(`${req.method} ${req.url} ${body}`)
    res.end('heard')
  })
  const address = await listening(context.home, 0, '127.0.0.1')
  const passes = { make: () => 'pass', fits: () => false }
  const homes = { elsewhere: async () => ({ id: 'home', address }), passes } as unknown as HomesDoor
  const app = new Koa()
  app.use(async (ctx) => void (await handOn(ctx, homes, 'channel')))
  context.outer = createServer(app.callback())
  context.port = Number(new URL(await listening(context.outer, 0, '127.0.0.1')).port)
})
test.after.each(({ home, outer }) => {
  for (const server of [home, outer]) {
    server.closeAllConnections()
    server.close()
  }
})

function call(port: number, method: string, path: string, headers: Record<string, string>, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, method, path, headers, agent: new Agent() }, async (res) => {
      let text = ''
      for await (const chunk of res) text += chunk
      resolve(text)
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

test('hands a body on as a body, whatever the method and however it came', async ({ port, heard }) => {
  const words = 'POST /api/as-somebody-else HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\n'
  const ways = [{ 'transfer-encoding': 'chunked' }, { 'content-length': String(Buffer.byteLength(words)) }]
  for (const method of ['GET', 'DELETE', 'POST', 'PATCH']) {
    for (const way of ways) {
      heard.length = 0
      assert.is(await call(port, method, '/a', way, words), 'heard')
      assert.is(await call(port, 'GET', '/b', {}), 'heard')
      assert.equal(heard, [`${method} /a ${words}`, 'GET /b '], `${method} ${Object.keys(way)}`)
    }
  }
})

test.run()
