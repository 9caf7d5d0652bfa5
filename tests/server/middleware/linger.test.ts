import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Doors, jsonOf, member, openDoors } from '../../help/doors.ts'

/** Bodies far over their limit: whoever sends one reads the answer, and none is kept. */

interface Context {
  doors: Doors
  path: string
}
const MB = 1_000_000
const REFUSAL = /^HTTP\/1\.1 413 [\s\S]*\bConnection: close\b[\s\S]*"too_large"/i
const CHUNK = Buffer.alloc(64 * 1_024, 0x20)

const test = suite<Context>('middleware/linger')
test.before(async (context) => {
  context.doors = await openDoors()
  const visitor = await member(context.doors.port, 'Otter')
  const me = jsonOf<{ channel: { id: string } }>(await visitor.call('GET', '/api/auth/me'))
  context.path = `/hooks/testtube/${context.doors.house.hookKeys.keyOf(me.channel.id, 'testtube')}`
})
test.after(async ({ doors }) => doors.close())

for (const size of [9 * MB, 64 * MB]) {
  test(`fetch reads why ${size / MB} MB are too many`, async ({ doors, path }) => {
    const answer = await fetch(`http://127.0.0.1:${doors.port}${path}`, {
      method: 'POST',
      body: Buffer.alloc(size, 0x20),
    })
    assert.equal([answer.status, answer.headers.get('connection')], [413, 'close'])
    const { error } = (await answer.json()) as { error: { code: string } }
    assert.is(error.code, 'too_large')
  })

  for (const eager of [true, false]) {
    const reader = eager ? 'listens meanwhile' : 'listens only when it has sent all'
    test(`a socket that sends ${size / MB} MB and ${reader} reads it, too`, async ({ doors, path }) => {
      const socket = await open(doors.port, path, `Content-Length: ${size}`)
      assert.match(await heardAround(socket, size, eager), REFUSAL)
    })
  }
}

test('a body without an end is answered, and then cut', async ({ doors, path }) => {
  const socket = await open(doors.port, path, 'Transfer-Encoding: chunked')
  assert.match(await heardAround(socket, Infinity, true, framed), REFUSAL)
})

test('the answer comes at once, and others are served while the line lingers', async ({ doors, path }) => {
  const slow = await open(doors.port, path, `Content-Length: ${9 * MB}`)
  const [first] = await once(slow, 'data')
  assert.match(String(first), REFUSAL)
  const other = await fetch(`http://127.0.0.1:${doors.port}${path}`, { method: 'POST', body: '{}' })
  assert.is(other.status, 204)
  slow.destroy()
})

test.run()

async function open(port: number, path: string, length: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${length}\r\n\r\n`)
  return socket
}

function framed(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
}

/** Sends so many bytes, as fast as they are taken, until the line ends; gives what came back. */
async function heardAround(
  socket: Socket,
  size: number,
  eager: boolean,
  made = (bytes: Buffer) => bytes,
): Promise<string> {
  let heard = ''
  const listen = () =>
    socket.on('data', (data) => {
      heard += String(data)
    })
  // Whoever sends on when the line is cut is told so; the answer came before.
  socket.on('error', () => {})
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  if (eager) listen()
  for (let sent = 0; sent < size && !socket.destroyed; sent += CHUNK.length) {
    const taken = socket.write(made(CHUNK.subarray(0, Math.min(CHUNK.length, size - sent))))
    if (!taken) await Promise.race([new Promise<void>((done) => socket.once('drain', () => done())), closed])
  }
  if (!eager) listen()
  await closed
  return heard
}
