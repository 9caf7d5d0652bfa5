import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import Koa from 'koa'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stalled } from '../../../server/middleware/stalled.ts'

const AFTER_MS = 50
/** More than the system takes of a connection that nobody reads. */
const LARGE = 64 * 1_024 * 1_024

const test = suite('middleware/stalled')
let server: Server
let answering: Promise<ServerResponse>
let given: (res: ServerResponse) => void

test.before.each(async () => {
  answering = new Promise((resolve) => {
    given = resolve
  })
  const app = new Koa()
  app.silent = true
  app.use(stalled(AFTER_MS))
  app.use(async (ctx) => {
    given(ctx.res)
    if (ctx.path === '/late') await once(ctx.res, 'timeout')
    ctx.body = ctx.path === '/late' ? 'late' : Buffer.alloc(LARGE)
  })
  server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
test.after.each(() => {
  server.closeAllConnections()
  server.close()
})

function ask(path: string) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`)
  return socket
}

test('gives up an answer that nobody reads, and its memory with it', async () => {
  const reader = ask('/large')
  const res = await answering
  if (!res.closed) await once(res, 'close')
  let read = 0
  reader.on('data', (bytes: Buffer) => {
    read += bytes.length
  })
  await once(reader, 'close')
  assert.ok(read < LARGE, 'what the system had taken, and no more')
})

test('lets an answer take its time', async () => {
  const reader = ask('/late')
  const heard: Buffer[] = []
  for await (const bytes of reader) heard.push(bytes)
  assert.match(Buffer.concat(heard).toString(), /^HTTP\/1\.1 200 [\s\S]*late$/)
})

test.run()
