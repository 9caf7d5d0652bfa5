import { once } from 'node:events'
import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { clientFrame, OP, Raw } from '../help/raw.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Sockets that do what no page of ours does, beside an overlay that goes on. */

const SILENT = 500
const GUESSES = 300
const STUCK = 40
const HOSES = 4
const PIECES = 20
/** Fewer than it may send in a window. */
const ASKED_AGAIN = 38
/** With what is said between, no more than is kept for those who come back. */
const MISSED = 450

const test = suite('threats/ws-abuse')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel
let key: string
let said = 0

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  panel = await Panel.register(server.base, 'calm_owner')
  key = (await panel.overlay()).key
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** What is pushed now is shown by an overlay of somebody else. */
async function goesOn(overlay: Listener): Promise<void> {
  const id = `goes-on-${said++}`
  await panel.pushLines([ircLine(id, 'still here')])
  await overlay.until(() => overlay.events.some((event) => event.id === `twitch:${id}`))
}

async function figure(name: string): Promise<number> {
  const metrics = await (await fetch(`${server.base}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(metrics)?.[1])
}

/** A message in this many pieces of it that does not end, as one write: what is left unread when a line is cut takes the last word along. */
function pieces(text: string): Buffer {
  const more = Array.from({ length: PIECES - 1 }, () => clientFrame(OP.goesOn, text, false))
  return Buffer.concat([clientFrame(OP.text, text, false), ...more])
}

test('ends a message that comes in too many pieces, however small', async () => {
  const overlay = await Listener.open(server.base, key)
  const rude = await Promise.all(Array.from({ length: 50 }, () => Raw.upgraded(server.port)))
  for (const { socket } of rude) socket.write(pieces('x'))
  for (const each of rude) {
    await each.ended()
    assert.is(each.closeCode(), 1008)
  }
  await goesOn(overlay)
  overlay.close()
})

test('ends a message of empty pieces, too', async () => {
  const rude = await Raw.upgraded(server.port)
  rude.socket.write(pieces(''))
  await rude.ended()
  assert.is(rude.closeCode(), 1008)
})

test('ends a frame that says it will be larger than any, before it has come', async () => {
  const rude = await Raw.upgraded(server.port)
  // 2 GiB in eight bytes of length, and nothing behind them.
  rude.socket.write(Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0]))
  await rude.ended()
  assert.is(rude.closeCode(), 1009)
})

test('lets go of whoever it refuses before the handshake, also where they hold on', async () => {
  const upgrade = (path: string, more = '') =>
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n${more}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  for (const [asked, status] of [
    [upgrade('/ws/nope'), 404],
    [upgrade('/ws/panel', 'Origin: https://evil.example\r\n'), 403],
    [upgrade('/ws/overlay', 'Host: evil.example\r\n'), 421],
    [upgrade('/ws/overlay').replace(/Host: .*/, 'Host: evil.example'), 421],
  ] as const) {
    const held = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
    let heard = ''
    held.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1')
    })
    held.write(asked)
    await once(held, 'end')
    assert.ok(heard.startsWith(`HTTP/1.1 ${status} `), heard)
    // A server that is gone answers a word with a reset.
    const gone = once(held, 'error')
    const saying = setInterval(() => held.write('still here'), 10)
    await gone
    clearInterval(saying)
  }
})

for (const op of ['ping', 'pong'] as const) {
  test(`ends a flood of ${op}s, also of one who reads the answers, and before a word was said`, async () => {
    const overlay = await Listener.open(server.base, key)
    const greeted = await Listener.open(server.base, key)
    for (let nth = 0; nth < 1_000; nth++) greeted.ws[op]()
    const silent = await Raw.upgraded(server.port)
    for (let nth = 0; nth < 1_000; nth++) silent.socket.write(clientFrame(OP[op], ''))
    await greeted.until(() => greeted.closed !== null)
    assert.is(greeted.closed, 1008)
    await silent.ended()
    assert.is(silent.closeCode(), 1008)
    await goesOn(overlay)
    overlay.close()
  })
}

test('ends a flood of words that are allowed one by one', async () => {
  const overlay = await Listener.open(server.base, key)
  for (let nth = 0; nth < 1_000; nth++) overlay.hello({ key })
  await overlay.until(() => overlay.closed !== null)
  assert.is(overlay.closed, 1008)
})

test('lets an overlay’s key order nothing: any word but its own ends the socket and changes nothing', async () => {
  const { id } = await panel.overlay()
  const before = await panel.json('GET', `/api/overlays/${id}`)
  for (const word of [
    { type: 'settings', settings: { fontSize: 60 } },
    { type: 'moderate', action: 'hide', id: 'twitch:goes-on-0' },
    { type: 'panic', on: true },
    { type: 'rotate' },
    [],
    'hello',
    null,
  ]) {
    const rude = await Listener.open(server.base, key)
    rude.ws.send(JSON.stringify(word))
    await rude.until(() => rude.closed !== null)
    assert.is(rude.closed, 1008, JSON.stringify(word))
  }
  const bytes = await Listener.open(server.base, key)
  bytes.ws.send(Buffer.from(JSON.stringify({ type: 'hello', key })))
  await bytes.until(() => bytes.closed !== null)
  assert.is(bytes.closed, 1008)
  const after = await panel.json('GET', `/api/overlays/${id}`)
  assert.equal({ ...(after as object), clients: [] }, { ...(before as object), clients: [] })
})

test('answers made-up keys alike, those that look right and those that do not', async () => {
  const overlay = await Listener.open(server.base, key)
  const random = () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(Math.ceil((key.length * 3) / 4)))).toString('base64url')
  const guess = async (given: string) => {
    const stranger = new Listener(server.base)
    await stranger.opened()
    stranger.hello({ key: given })
    await stranger.until(() => stranger.closed !== null)
    return `${stranger.closed} ${stranger.frames.length}`
  }
  const near = [key.slice(1), `${key}A`, key.toUpperCase(), `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`]
  const guesses = [...near, ...Array.from({ length: GUESSES }, () => random().slice(0, key.length))]
  const guessed = Promise.all(guesses.map(guess))
  // The address has sent many wrong ones by now, and the right one is let in at once all the same.
  const another = await Listener.open(server.base, key)
  assert.equal([...new Set(await guessed)], ['4001 0'])
  await goesOn(overlay)
  assert.is(another.closed, null)
  another.close()
  overlay.close()
})

test('cuts off readers that stand still, many at once, and holds nobody else up', async () => {
  const stuck = await Promise.all(Array.from({ length: STUCK }, () => Listener.open(server.base, key)))
  const reading = await Listener.open(server.base, key)
  for (const { ws } of stuck) ws.pause()
  const before = await figure('cc_slow_closed_total')
  // The kernel takes some megabytes for each before anything waits in the server.
  for (let push = 0; push < 60 && (await figure('cc_slow_closed_total')) < before + STUCK; push++)
    await panel.pushLines(Array.from({ length: 500 }, (_, nth) => ircLine(`stuck-${push}-${nth}`, 'x'.repeat(450))))
  assert.is(await figure('cc_slow_closed_total'), before + STUCK)
  await goesOn(reading)
  assert.is(reading.closed, null)
  for (const each of [...stuck, reading]) each.close()
})

test('cuts off a page that asks for all again and again and reads none of it', async () => {
  const [greedy, reading] = await Promise.all([Listener.open(server.base, key), Listener.open(server.base, key)])
  const { epoch, seq } = greedy
  await panel.pushLines(Array.from({ length: MISSED }, (_, nth) => ircLine(`greedy-${nth}`, '🦦'.repeat(450))))
  await reading.until(() => reading.events.at(-1)?.id === `twitch:greedy-${MISSED - 1}`)
  greedy.ws.pause()
  const before = await figure('cc_slow_closed_total')
  // The kernel takes the first ones; each is asked for after what the server says to the others.
  for (let asked = 0; asked < ASKED_AGAIN && (await figure('cc_slow_closed_total')) === before; asked++) {
    greedy.hello({ key, epoch, seq })
    await goesOn(reading)
  }
  assert.is(await figure('cc_slow_closed_total'), before + 1)
  assert.is(reading.closed, null)
  for (const each of [greedy, reading]) each.close()
})

test('makes nobody wait for more of another channel’s flood than was taken before them', async () => {
  const flooder = await Panel.register(server.base, 'loud_owner')
  const overlay = await Listener.open(server.base, key)
  let flooding = true
  let taken = 0
  const flood = async (hose: number) => {
    for (let push = 0; flooding; push++) {
      await flooder.pushLines(Array.from({ length: 200 }, (_, nth) => ircLine(`loud-${hose}-${push}-${nth}`, 'LOUD')))
      taken++
    }
  }
  const hoses = Array.from({ length: HOSES }, (_, hose) => flood(hose))
  for (let words = 0; words < 10 || taken <= 10; words++) {
    const before = taken
    await goesOn(overlay)
    // Each hose has one push on its way, and one that it may send when that is answered.
    assert.ok(taken - before <= 3 * HOSES, `${taken - before} pushes of another came first`)
  }
  flooding = false
  await Promise.all(hoses)
  overlay.close()
})

test('lets go of hundreds of sockets that never say who they are', async () => {
  const overlay = await Listener.open(server.base, key)
  const silent = await Promise.all(Array.from({ length: SILENT }, () => Raw.upgraded(server.port)))
  await goesOn(overlay)
  await Promise.all(silent.map((each) => each.ended()))
  assert.equal([...new Set(silent.map((each) => each.closeCode()))], [4004])
  overlay.close()
})

test.run()
