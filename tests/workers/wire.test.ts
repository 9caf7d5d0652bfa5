import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type WebSocket, WebSocketServer } from 'ws'
import { MAX_FRAME_BYTES, Wire, type WireTimes } from '../../workers/wire.ts'

const PATIENT: WireTimes = { quietAfter: 60_000, deadAfter: 60_000 }
const HASTY: WireTimes = { quietAfter: 30, deadAfter: 30, connectWithin: 100 }

/** Ears that write down what they are told, and resolve when it is there. */
class Notes {
  readonly told: [what: string, detail?: string | number, code?: number][] = []
  #woken: (() => void)[] = []

  opened = () => this.#note('opened')
  heard = (frame: string) => this.#note('heard', frame)
  quiet = () => this.#note('quiet')
  closed = (why: string, code: number) => this.#note('closed', why, code)

  count(what: string): number {
    return this.told.filter(([each]) => each === what).length
  }

  async until(what: string, times = 1): Promise<(typeof this.told)[number]> {
    while (this.count(what) < times) await new Promise<void>((resolve) => this.#woken.push(resolve))
    return this.told.filter(([each]) => each === what)[times - 1] ?? [what]
  }

  #note(...note: (typeof this.told)[number]): void {
    this.told.push(note)
    for (const wake of this.#woken.splice(0)) wake()
  }
}

interface Peer {
  url: string
  server: Server
  sockets: WebSocketServer
  peers: WebSocket[]
}

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const test = suite<Peer>('wire')
test.before.each(async (context) => {
  context.server = createServer()
  context.sockets = new WebSocketServer({ server: context.server })
  context.peers = []
  context.sockets.on('connection', (peer) => {
    context.peers.push(peer)
    peer.on('error', () => {})
  })
  context.url = `ws://127.0.0.1:${await listening(context.server)}`
})
test.after.each(({ server, sockets }) => {
  for (const peer of sockets.clients) peer.terminate()
  server.closeAllConnections()
  server.close()
})

test('opens, hears, is heard, and sends no Origin but the headers it was given', async ({ url, sockets }) => {
  const notes = new Notes()
  const shaken = once(sockets, 'connection')
  const wire = new Wire(url, notes, PATIENT, { 'X-Test': 'yes' })
  const [peer, request] = await shaken
  assert.is(request.headers['x-test'], 'yes')
  assert.is(request.headers.origin, undefined)
  await notes.until('opened')
  const said = once(peer, 'message')
  wire.send('hello')
  assert.is(String((await said)[0]), 'hello')
  peer.send('hello yourself')
  assert.is((await notes.until('heard'))[1], 'hello yourself')
  wire.close()
})

test('tells once why it is over, with the code of the other side', async ({ url, peers }) => {
  const notes = new Notes()
  new Wire(url, notes, PATIENT)
  await notes.until('opened')
  peers[0]?.close(4007, 'go elsewhere')
  assert.equal(await notes.until('closed'), ['closed', 'go elsewhere', 4007])
  await new Promise(setImmediate)
  assert.is(notes.count('closed'), 1)
})

test('gives up a server that takes the connection and says nothing', async () => {
  const taken: Socket[] = []
  const silent = createTcpServer((socket) => taken.push(socket))
  const notes = new Notes()
  new Wire(`ws://127.0.0.1:${await listening(silent)}`, notes, HASTY)
  assert.equal(await notes.until('closed'), ['closed', 'no answer in time', 0])
  assert.is(notes.count('opened'), 0)
  for (const socket of taken) socket.destroy()
  silent.close()
})

test('asks a connection that has gone quiet, and cuts it when nothing comes', async ({ url }) => {
  const notes = new Notes()
  new Wire(url, notes, HASTY)
  assert.equal(await notes.until('closed'), ['closed', 'silent for too long', 0])
  assert.equal(
    notes.told.map(([what]) => what),
    ['opened', 'quiet', 'closed'],
  )
})

test('takes a ping of the other side for a sign of life', async ({ url, peers }) => {
  const notes = new Notes()
  const wire = new Wire(url, notes, { quietAfter: 40, deadAfter: 60_000 })
  await notes.until('quiet')
  peers[0]?.ping()
  await notes.until('quiet', 2)
  assert.is(notes.count('closed'), 0)
  wire.close()
})

test('loses nothing while it is paused, and silence then is nobody’s fault', async ({ url, peers }) => {
  const notes = new Notes()
  const wire = new Wire(url, notes, { quietAfter: 20, deadAfter: 20 })
  await notes.until('opened')
  wire.pause()
  // Longer than both times together, counted by the other side's own pings.
  const [peer] = peers
  assert.ok(peer)
  const frames = Array.from({ length: 200 }, (_, nth) => `frame ${nth}`)
  for (const frame of frames) peer.send(frame)
  await new Promise((resolve) => setTimeout(resolve, 80))
  wire.expect({ quietAfter: 30, deadAfter: 30 })
  await new Promise((resolve) => setTimeout(resolve, 80))
  assert.is(notes.count('closed') + notes.count('quiet'), 0)
  wire.resume()
  await notes.until('heard', frames.length)
  assert.equal(
    notes.told.flatMap(([what, frame]) => (what === 'heard' ? [frame] : [])),
    frames,
  )
  wire.close()
})

test('tells a refused handshake by its status', async ({ server, sockets }) => {
  sockets.close()
  server.removeAllListeners('upgrade')
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno'))
  const notes = new Notes()
  new Wire(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, notes, PATIENT)
  assert.equal(await notes.until('closed'), ['closed', 'answered 403 instead of opening', 403])
})

test('does not follow a redirect', async ({ url, peers }) => {
  const elsewhere = createServer()
  elsewhere.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 302 Found\r\nLocation: ${url}\r\n\r\n`))
  const notes = new Notes()
  new Wire(`ws://127.0.0.1:${await listening(elsewhere)}`, notes, PATIENT)
  assert.is((await notes.until('closed'))[2], 302)
  assert.is(peers.length, 0)
  elsewhere.close()
})

test('tells of a port where nobody listens', async () => {
  const gone = createServer()
  const port = await listening(gone)
  gone.close()
  const notes = new Notes()
  new Wire(`ws://127.0.0.1:${port}`, notes, PATIENT)
  assert.match(String((await notes.until('closed'))[1]), /ECONNREFUSED/)
})

test('tells of what is no address, and of headers that cannot be sent, instead of throwing', async ({ url }) => {
  for (const [address, headers] of [
    ['no address', {}],
    ['https://platform.example/', {}],
    ['ftp://platform.example/', {}],
    [url, { 'X-Test': 'two\r\nlines' }],
  ] as const) {
    const notes = new Notes()
    const wire = new Wire(address, notes, HASTY, headers)
    wire.send('nobody hears this')
    await notes.until('closed')
    assert.is(notes.count('closed'), 1, address)
    wire.close()
  }
})

test('ends with a frame that is larger than any of a platform', async ({ url, peers }) => {
  const notes = new Notes()
  new Wire(url, notes, PATIENT)
  await notes.until('opened')
  peers[0]?.send('x'.repeat(MAX_FRAME_BYTES + 1))
  assert.match(String((await notes.until('closed'))[1]), /size/)
  assert.is(notes.count('heard'), 0)
})

test('says nothing after it was closed, in whatever state it was', async ({ url, peers }) => {
  const early = new Notes()
  const connecting = new Wire(url, early, HASTY)
  connecting.close()
  connecting.close()
  const late = new Notes()
  const open = new Wire(url, late, PATIENT)
  await late.until('opened')
  const peer = peers.at(-1)
  const gone = peer === undefined ? Promise.resolve() : once(peer, 'close')
  open.close()
  peer?.send('too late')
  open.pause()
  open.resume()
  open.expect(HASTY)
  await gone
  await new Promise(setImmediate)
  assert.equal(early.told, [])
  assert.equal(late.told, [['opened']])
})

test('lets go of a paused connection at once', async ({ url, peers }) => {
  const notes = new Notes()
  const wire = new Wire(url, notes, PATIENT)
  await notes.until('opened')
  wire.pause()
  const [peer] = peers
  assert.ok(peer)
  const gone = once(peer, 'close')
  wire.close()
  await gone
  assert.is(notes.count('closed'), 0)
})

test.run()
