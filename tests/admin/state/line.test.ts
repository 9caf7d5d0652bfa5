import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket, WebSocketServer } from 'ws'
import { type Ears, Line, type LineState, pauseMs, restartPauseMs } from '../../../admin/state/line.ts'
import type { ServerFrame } from '../../../server/protocol.ts'
import { message, welcome } from '../events.ts'

const test = suite('admin/state/line')

interface Place {
  server: WebSocketServer
  line: Line
  frames: ServerFrame[]
  doubts: () => number
}

/** Closed after each test, also after one that failed. */
let places: Place[] = []
test.after.each(async () => {
  const open = places
  places = []
  for (const each of open) await end(each)
})

/** A line to a real server; `random` 0 makes the pauses as short as they get. */
async function place(greet: (hello: Record<string, unknown>, socket: WebSocket) => void): Promise<Place> {
  const server = new WebSocketServer({ port: 0 })
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  server.on('connection', (socket) => socket.on('message', (text) => greet(JSON.parse(String(text)), socket)))
  const frames: ServerFrame[] = []
  let doubts = 0
  const line = new Line({
    open: (ears) => open(`ws://127.0.0.1:${port}`, ears),
    frame: (frame) => frames.push(frame),
    doubt: () => doubts++,
    random: () => 0,
  })
  const made = { server, line, frames, doubts: () => doubts }
  places.push(made)
  return made
}

function open(address: string, ears: Ears): WebSocket {
  const socket = new WebSocket(address)
  socket.on('open', () => ears.opened())
  socket.on('message', (data) => ears.heard(String(data)))
  socket.on('close', (code) => ears.closed(code))
  socket.on('error', () => {})
  return socket
}

function reaches(line: Line, wanted: (state: LineState) => boolean): Promise<LineState> {
  return new Promise((done) => {
    let stop: (() => void) | undefined
    stop = line.state.subscribe((state) => {
      if (!wanted(state)) return
      done(state)
      queueMicrotask(() => stop?.())
    })
  })
}

async function end({ server, line }: Place): Promise<void> {
  line.stop()
  for (const socket of server.clients) socket.terminate()
  if (server.address() !== null) await new Promise((done) => server.close(done))
}

const say = (socket: WebSocket, ...frames: ServerFrame[]) => {
  for (const frame of frames) socket.send(JSON.stringify(frame))
}

test('says hello without a place first, and with its place when it comes back', async () => {
  const hellos: Record<string, unknown>[] = []
  const here = await place((hello, socket) => {
    hellos.push(hello)
    const first = hellos.length === 1
    say(socket, welcome({ seq: 4, recovered: !first }), { type: 'events', events: [message(first ? 5 : 6)] })
    if (first) socket.close(1012)
  })
  here.line.start()
  await reaches(here.line, ({ phase }) => phase === 'waiting')
  here.line.retryNow()
  await reaches(here.line, ({ phase }) => phase === 'open')
  assert.equal(hellos[0], { type: 'hello', client: { name: 'Panel' } })
  assert.equal(hellos[1], { type: 'hello', epoch: 'e1', seq: 5, client: { name: 'Panel' } })
})

test('says no place while what stood there has not come', async () => {
  const hellos: Record<string, unknown>[] = []
  const here = await place((hello, socket) => {
    hellos.push(hello)
    say(socket, welcome({ seq: 4 }))
    if (hellos.length === 1) socket.close(1012)
    else say(socket, { type: 'beat', seq: 4 })
  })
  here.line.start()
  await reaches(here.line, ({ phase }) => phase === 'waiting')
  here.line.retryNow()
  await reaches(here.line, ({ phase }) => phase === 'open')
  assert.equal(hellos[1], { type: 'hello', client: { name: 'Panel' } })
})

test('asks again when the beat is ahead of it', async () => {
  let hellos = 0
  let sockets = 0
  let asked: (hello: Record<string, unknown>) => void = () => {}
  const again = new Promise<Record<string, unknown>>((done) => {
    asked = done
  })
  const here = await place((hello, socket) => {
    hellos++
    if (hellos > 1) return asked(hello)
    say(socket, welcome({ seq: 1 }), { type: 'beat', seq: 1 }, { type: 'beat', seq: 3 }, { type: 'beat', seq: 3 })
  })
  here.server.on('connection', () => sockets++)
  here.line.start()
  const hello = await again
  assert.is(hello.seq, 1)
  assert.is(hellos, 2)
  assert.is(sockets, 1, 'on the same socket, not after coming back')
})

test('does not come back once access was withdrawn, and raises doubt', async () => {
  const here = await place((_hello, socket) => socket.close(4002))
  here.line.start()
  const state = await reaches(here.line, ({ phase }) => phase === 'ended' || phase === 'waiting')
  assert.equal(state, { phase: 'ended', why: 'signed-out' })
  assert.ok(here.doubts() > 0)
})

test('says so when the panel is open too often', async () => {
  const here = await place((_hello, socket) => socket.close(4005))
  here.line.start()
  assert.equal(await reaches(here.line, ({ phase }) => phase === 'ended'), { phase: 'ended', why: 'too-many' })
})

test('waits and tries again when nobody answers', async () => {
  const here = await place(() => {})
  await new Promise((done) => here.server.close(done))
  here.line.start()
  const state = await reaches(here.line, ({ phase }) => phase === 'waiting')
  assert.is(state.phase === 'waiting' && state.attempt, 1)
  assert.ok(here.doubts() > 0)
  here.line.stop()
})

test('lets frames through as they come and drops what is none', async () => {
  const here = await place((_hello, socket) => {
    socket.send('not json')
    socket.send('7')
    say(socket, welcome(), { type: 'events', events: [message(1)] })
    socket.close(1012)
  })
  here.line.start()
  await reaches(here.line, ({ phase }) => phase === 'waiting')
  assert.equal(
    here.frames.map((frame) => frame.type),
    ['welcome', 'events'],
  )
})

test('forgets its place when it is stopped for good', async () => {
  const hellos: Record<string, unknown>[] = []
  const here = await place((hello, socket) => {
    hellos.push(hello)
    say(socket, welcome({ seq: 3 }))
  })
  for (const _ of [1, 2]) {
    here.line.start()
    await reaches(here.line, ({ phase }) => phase === 'open')
    here.line.stop()
  }
  assert.is('epoch' in (hellos[1] ?? {}), false)
})

test('pauses longer and longer, up to half a minute and never in step', () => {
  assert.is(
    pauseMs(0, () => 0),
    250,
  )
  assert.is(
    pauseMs(0, () => 1),
    750,
  )
  assert.is(
    pauseMs(3, () => 0.5),
    4_000,
  )
  assert.is(
    pauseMs(50, () => 0.5),
    30_000,
  )
  assert.is(
    restartPauseMs(() => 0),
    1_000,
  )
  assert.is(
    restartPauseMs(() => 1),
    5_000,
  )
})

test.run()
