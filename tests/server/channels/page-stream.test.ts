import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LivePeer } from '../../../server/channels/audience.ts'
import { Crowd } from '../../../server/channels/crowd.ts'
import { pageStream } from '../../../server/channels/page-stream.ts'
import type { UpgradeParts } from '../../../server/channels/upgrade.ts'
import { Welcomes } from '../../../server/channels/welcomes.ts'

/** Channels that open when they are let. */
class Doors {
  readonly joined: unknown[] = []
  readonly crowd = new Crowd(1)
  /** Whether the key is still good when it is asked for again. */
  good = true
  /** The code of what a call failed of. */
  refused: unknown = null
  #asked = 0
  waiting: Promise<void>
  #begun = () => {}
  letOpen = () => {}
  readonly #opening = new Promise<void>((resolve) => (this.letOpen = resolve))

  constructor() {
    this.waiting = new Promise((resolve) => (this.#begun = resolve))
  }

  get parts(): UpgradeParts {
    const overlay = { id: 'o', channelId: 'c', settings: {} }
    const parts = {
      trustedProxies: 0,
      crowd: this.crowd,
      wrongKeys: { note: () => 0 },
      welcomes: new Welcomes(),
      overlayKeys: { find: async () => (this.#asked++ === 0 || this.good ? overlay : null) },
      open: async () => {
        this.#begun()
        await this.#opening
        return { id: 'c', epoch: 'e' }
      },
      hub: {
        join: (_: unknown, peer: LivePeer) => {
          this.joined.push(peer)
          peer.ping()
        },
        leave() {},
      },
      metrics: { slowClosedTotal: { inc() {} } },
    }
    return parts as unknown as UpgradeParts
  }
}

const test = suite<{ doors: Doors; port: number; close: () => void }>('page-stream')

test.before.each(async (context) => {
  context.doors = new Doors()
  const app = new Koa()
  app.on('error', (error: { code?: string }) => {
    context.doors.refused = error.code
  })
  app.use(pageStream(context.doors.parts))
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.port = (server.address() as AddressInfo).port
  context.close = () => {
    server.closeAllConnections()
    server.close()
  }
})
test.after.each(({ close }) => close())

const ask = (port: number) =>
  get({ port, host: '127.0.0.1', path: '/api/overlay/stream', headers: { authorization: 'Bearer key' } })

test('gives no place to whoever hung up while the channel opened', async ({ doors, port }) => {
  const asked = ask(port)
  asked.on('error', () => {})
  await doors.waiting
  asked.destroy()
  // The server has seen it go once another request of later is there.
  await new Promise<void>((resolve) =>
    get({ port, host: '127.0.0.1', path: '/' }, (answer) => answer.resume().on('end', resolve)),
  )
  doors.letOpen()
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(doors.joined, [])
  assert.type(doors.crowd.enter('127.0.0.1'), 'function')
})

test('asks for the key again once the channel is open: it may have been exchanged meanwhile', async ({
  doors,
  port,
}) => {
  doors.good = false
  const answered = new Promise<IncomingMessage>((resolve) => ask(port).on('response', resolve))
  await doors.waiting
  doors.letOpen()
  await answered
  assert.is(doors.refused, 'bad_key')
  assert.equal(doors.joined, [])
})

test('seats whoever is still there', async ({ doors, port }) => {
  doors.letOpen()
  const answer = await new Promise<IncomingMessage>((resolve) => ask(port).on('response', resolve))
  assert.is(answer.statusCode, 200)
  assert.is(doors.joined.length, 1)
  assert.is(doors.crowd.enter('127.0.0.1'), null)
  answer.destroy()
})

test.run()
