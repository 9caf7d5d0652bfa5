import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const ON_SIGNAL = new URL('../help/on-signal.mjs', import.meta.url).href
const DESCRIPTORS = 160
const CROWD = 200
const test = suite<{ server: RunningServer }>('a server without file descriptors')
const figures = new FaultFigures('F28')
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async (context) => {
  data = await temporaryData()
  context.server = await startServer({
    dataDir: data.path,
    shell: `ulimit -n ${DESCRIPTORS}`,
    env: { NODE_OPTIONS: `--import=${ON_SIGNAL}`, ON_SIGUSR2: 'hoard' },
  })
})
test.after(async ({ server }) => {
  await server.end('SIGKILL')
  await data.remove()
})

/** One connection that stays open, and what is pushed over it. */
class Bridge {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #panel: Panel

  constructor(panel: Panel) {
    this.#panel = panel
  }

  /** Pushes a line until it is taken: one that is refused with a 503 was not, and is sent again. */
  async push(id: string): Promise<{ archived: boolean; events: { id: string }[] }> {
    for (;;) {
      const { status, text } = await this.#post(ircLine(id, 'is shown all the same'))
      if (status === 202) return JSON.parse(text)
      assert.is(status, 503, text)
    }
  }

  async #post(body: string): Promise<{ status: number | undefined; text: string }> {
    const { base, cookie } = this.#panel
    const headers = { Origin: base, Cookie: cookie, 'Content-Type': 'text/plain' }
    const asked = request(`${base}/api/producers/twitch`, { method: 'POST', agent: this.#agent, headers })
    asked.end(body)
    const [answer] = await once(asked, 'response')
    let text = ''
    for await (const piece of answer) text += piece
    return { status: answer.statusCode, text }
  }
}

async function crowdOf(port: number): Promise<Socket[]> {
  const sockets = Array.from({ length: CROWD }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(sockets.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])))
  return sockets
}

async function printed(server: RunningServer, words: string): Promise<void> {
  while (!server.output().includes(words)) await sleep(10)
}

/** Over a connection of its own. */
async function answers(server: RunningServer): Promise<boolean> {
  const asked = request(`${server.base}/healthz`, { agent: false }).end()
  const answer = await once(asked, 'response').catch(() => null)
  answer?.[0].resume()
  return answer?.[0].statusCode === 200
}

async function answersAgain(server: RunningServer): Promise<void> {
  while (!(await answers(server))) await sleep(10)
}

test('keeps some for its files when a crowd takes every connection, says so, and takes connections again', async ({
  server,
}) => {
  const panel = await Panel.register(server.base, 'in_a_crowd')
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const bridge = new Bridge(panel)
  await bridge.push('before-the-crowd')
  const crowd = await crowdOf(server.port)
  await printed(server, 'connections are turned away')
  const during = await Promise.all([1, 2, 3].map((nth) => bridge.push(`in-the-crowd-${nth}`)))
  assert.ok(
    during.every(({ archived }) => archived),
    'what is written finds a descriptor',
  )
  for (const socket of crowd) socket.destroy()
  await figures.recovering(() => answersAgain(server))
  await printed(server, 'connections are taken again')
  await allStands(panel, stream.id, overlay, ['before-the-crowd', ...[1, 2, 3].map((nth) => `in-the-crowd-${nth}`)])
})

test('goes on for those who are there when every descriptor is gone, and for all once they are free', async ({
  server,
}) => {
  const panel = await Panel.register(server.base, 'without_files')
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const bridge = new Bridge(panel)
  await bridge.push('before-they-went')
  server.child.kill('SIGUSR2')
  await printed(server, 'hoards ')
  assert.is((await bridge.push('while-they-are-gone')).archived, false, 'shown, and not said to be kept')
  await overlay.until(() => overlay.events.length === 2)
  assert.is(await answers(server), false, 'nobody else comes in')
  await printed(server, 'EMFILE')
  server.child.kill('SIGUSR2')
  await figures.recovering(() => answersAgain(server))
  await bridge.push('behind-it')
  await allStands(panel, stream.id, overlay, ['before-they-went', 'while-they-are-gone', 'behind-it'])
  figures.tell()
  assert.is(await server.end(), 0)
})

/** Throws unless all of it was shown and kept, once and in order. */
async function allStands(panel: Panel, stream: string, overlay: Listener, ids: string[]): Promise<void> {
  const due = ids.map((id) => `twitch:${id}`)
  await overlay.until(() => overlay.events.at(-1)?.id === due.at(-1))
  assert.equal(
    overlay.events.flatMap((event) => (event.kind === 'message' ? [event.id] : [])),
    due,
  )
  const kept = (await panel.transcript(stream)).flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.ok(figures.judge(due, kept), kept.join(' '))
  overlay.close()
}

test.run()
