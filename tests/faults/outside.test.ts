import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, type TLSSocket } from 'node:tls'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceView } from '../../server/protocol.ts'
import { ENDED, KEY, LASTING } from '../help/certificates.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const NOWHERE = 'https://nowhere.invalid'
/** Tries that are waited for, to see that it goes on trying. */
const TRIES = 3
const test = suite('a way outside that is broken')

/** Stands before Twitch’s stand-in with a certificate that can be renewed, as the platform’s own door does. */
class Door {
  readonly #server = createServer({ key: KEY, cert: ENDED }, (client) => this.#pass(client))
  readonly #to: number
  tries = 0

  private constructor(to: number) {
    this.#to = to
    this.#server.on('connection', () => this.tries++)
    this.#server.on('tlsClientError', () => undefined)
  }

  static async to(port: number): Promise<Door> {
    const door = new Door(port)
    await new Promise<void>((done) => door.#server.listen(0, '127.0.0.1', done))
    return door
  }

  get url(): string {
    const address = this.#server.address()
    return `wss://localhost:${typeof address === 'object' ? address?.port : ''}`
  }

  renew(): void {
    this.#server.setSecureContext({ key: KEY, cert: LASTING })
  }

  close(): void {
    this.#server.close()
  }

  #pass(client: TLSSocket): void {
    const behind = connect(this.#to, '127.0.0.1')
    for (const [from, to] of [[client, behind] as const, [behind, client] as const]) {
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  }
}

async function source(panel: Panel, platform: string): Promise<SourceView> {
  const { items } = await panel.json<{ items: SourceView[] }>('GET', '/api/sources')
  const found = items.find((each) => each.platform === platform)
  assert.ok(found)
  return found
}

async function until(panel: Panel, platform: string, state: SourceView['state']): Promise<SourceView> {
  for (;;) {
    const found = await source(panel, platform)
    if (found.state === state) return found
    await sleep(10)
  }
}

test('is told in the source’s state and tried again, without harm to others, until it is mended', async () => {
  const [data, irc] = [await temporaryData(), await TwitchIrc.start()]
  const door = await Door.to(Number(new URL(irc.url).port))
  const authorities = join(data.path, 'authorities.pem')
  writeFileSync(authorities, ENDED + LASTING)
  const server: RunningServer = await startServer({
    dataDir: join(data.path, 'data'),
    env: {
      NODE_EXTRA_CA_CERTS: authorities,
      CROSSCHAT_TWITCH_IRC_URL: door.url,
      CROSSCHAT_KICK_CHANNEL_URL: NOWHERE,
      CROSSCHAT_HASTE: '20',
    },
  })
  try {
    const panel = await Panel.register(server.base, 'broken_ways')
    const overlay = await Listener.open(server.base, (await panel.overlay()).key)
    await panel.json('PUT', '/api/sources/twitch', { channel: 'cool_channel' })
    await panel.json('PUT', '/api/sources/kick', { channel: 'cool-channel', socket: true })
    const ended = await until(panel, 'twitch', 'retry')
    assert.match(ended.error ?? '', /certificate has expired/)
    assert.ok(ended.retryAt !== null)
    assert.match((await until(panel, 'kick', 'retry')).error ?? '', /nowhere\.invalid|reach/i)
    while (door.tries < TRIES) await sleep(10)

    const figures = new FaultFigures('F20')
    door.renew()
    await figures.recovering(() => until(panel, 'twitch', 'live'))
    irc.say('Noodle_Knight', 'it goes on by itself')
    await overlay.until(() => overlay.events.some((event) => event.kind === 'message'))
    assert.is((await source(panel, 'kick')).state === 'live', false)
    const metrics = await (await fetch(`${server.base}/metrics`)).text()
    assert.not.match(metrics, /^cc_worker_restarts_total\{.*\} [1-9]/m)
    figures.injections = 2
    figures.tell()
    overlay.close()
    assert.is(await server.end(), 0)
  } finally {
    await server.end('SIGKILL')
    door.close()
    await irc.close()
    await data.remove()
  }
})

test.run()
