import { once } from 'node:events'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { CLOSE, MAX_CLIENT_FRAME_BYTES } from '../../../server/protocol.ts'
import { Panel } from '../../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../../help/server.ts'
import { below, oneOf } from '../chance.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { frameFrom } from './frames.ts'

/** A few frames over a real socket of a real server: it answers, or closes with a code of its own, and lives. */

interface Input {
  path: string
  frames: (string | Buffer)[]
}

const PATHS = ['/ws/overlay', '/ws/dock', '/ws/panel', '/ws/preview', '/ws/overlay?channel=__proto__']
const MOST_FRAMES = 4
const BINARY = 0.05
const TOO_LONG = 0.02
const ENDED = 1005
const CODES: readonly number[] = [...Object.values(CLOSE), ENDED]

export const sockets: Target = {
  name: 'sockets',
  few: 120,
  async open() {
    const data = await temporaryData()
    const server = await startServer({ dataDir: data.path })
    const panel = await Panel.register(server.base, 'fuzz_owner')
    const { key } = await panel.overlay()
    const trial = trialAt(server, panel.cookie)
    return {
      at: (random) => shot(inputFrom(random, key), trial),
      async close() {
        await server.end()
        await data.remove()
      },
    }
  },
}

function inputFrom(random: () => number, key: string): Input {
  const honest = JSON.stringify({ type: 'hello', key, client: { name: 'overlay' } })
  const frames = Array.from({ length: 1 + below(random, MOST_FRAMES) }, () => {
    if (random() < TOO_LONG) return 'x'.repeat(MAX_CLIENT_FRAME_BYTES + 1)
    const frame = frameFrom(random)
    return random() < BINARY ? Buffer.from(frame) : frame
  })
  return { path: oneOf(random, PATHS), frames: random() < 0.5 ? [honest, ...frames] : frames }
}

function trialAt(server: RunningServer, cookie: string): Trial<Input> {
  return {
    check: (input) => check(server, cookie, input),
    told: ({ path, frames }) => `${path} ${JSON.stringify(frames.map(String))}`,
    *lesser({ path, frames }) {
      for (const place of frames.keys()) yield { path, frames: frames.toSpliced(place, 1) }
    },
  }
}

async function check(server: RunningServer, cookie: string, { path, frames }: Input): Promise<Outcome> {
  const headers = path === '/ws/panel' ? { cookie, origin: server.base } : {}
  const socket = new WebSocket(`${server.base.replace('http', 'ws')}${path}`, { headers })
  socket.on('message', (data) => assert.type(JSON.parse(String(data)).type, 'string'))
  const closed = once(socket, 'close')
  await once(socket, 'open')
  for (const frame of frames) socket.send(frame)
  // Frames are heard in order: with the answer to a ping behind them all of them were.
  socket.ping()
  const outcome = await Promise.race([once(socket, 'pong').then(() => null), closed])
  if (outcome === null) socket.close()
  const [code] = await closed
  assert.is(server.child.exitCode ?? server.child.signalCode, null, `the server ended\n${server.output()}`)
  assert.ok(CODES.includes(code), `closed with ${code}`)
  assert.is((await fetch(`${server.base}/healthz`)).status, 200)
  return outcome === null ? 'taken' : 'refused'
}
