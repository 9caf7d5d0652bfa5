import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket, WebSocketServer } from 'ws'
import { frameOf } from '../../server/frame.ts'

const test = suite('frame')

test('is read by a real client as the text it was made of, at every length of head', async () => {
  const texts = ['', 'a', 'ä'.repeat(62), 'x'.repeat(125), 'x'.repeat(126), 'x'.repeat(65_535), '👋'.repeat(20_000)]
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  server.on('connection', (_, { socket }) => {
    for (const text of texts) socket.write(frameOf(text).wire)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
  const heard: string[] = []
  await new Promise<void>((resolve) => {
    client.on('message', (data) => {
      heard.push(String(data))
      if (heard.length === texts.length) resolve()
    })
  })
  assert.equal(heard, texts)
  client.terminate()
  server.close()
  http.close()
})

test('holds text and wire in one buffer', () => {
  const { text, wire } = frameOf('{"type":"beat","seq":7}')
  assert.is(text.buffer, wire.buffer)
  assert.is(wire.subarray(2).toString(), text.toString())
})

test.run()
