import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLOSE } from '../../server/protocol.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** As many as one address may have. */
const HERD = 1_000
/** Connections begun at a time: what the system lets wait at a door is not what this is about. */
const AT_ONCE = 250
const LONG_MS = 60_000
const test = suite('a herd of overlays')
let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

async function herd(base: string, key: string, at?: { epoch: string; seq: number }): Promise<Listener[]> {
  const listeners: Listener[] = []
  while (listeners.length < HERD) {
    const some = Array.from({ length: AT_ONCE }, () => Listener.open(base, key, at))
    listeners.push(...(await Promise.all(some)))
  }
  return listeners
}

const said = ({ events }: Listener) => events.flatMap((event) => (event.kind === 'message' ? [event.id] : []))
const heard = (listener: Listener, id: string) => listener.until(() => said(listener).at(-1) === id, LONG_MS)

test('is told of a restart, comes back all at once, and every one has what it missed and what comes, once', async () => {
  let panel = await Panel.register(server.base, 'many_at_once')
  await panel.startStream()
  const { key } = await panel.overlay()
  const before = await herd(server.base, key)
  await panel.pushLines([ircLine('before', 'everybody has it')])
  await Promise.all(before.map((each) => heard(each, 'twitch:before')))
  const [{ epoch, seq }] = before as [Listener]
  assert.is(await server.end('SIGTERM'), 0, server.output())
  await Promise.all(before.map((each) => each.until(() => each.closed !== null, LONG_MS)))
  assert.equal([...new Set(before.map(({ closed }) => closed))], [CLOSE.restart])

  server = await startServer({ dataDir: data.path })
  panel = panel.at(server.base)
  await panel.pushLines([ircLine('missed', 'while all of them were away')])
  const back = await herd(server.base, key, { epoch, seq })
  assert.ok(back.every(({ welcome }) => welcome?.recovered === true))
  await panel.pushLines([ircLine('after', 'everybody is back')])
  await Promise.all(back.map((each) => heard(each, 'twitch:after')))
  const figures = new FaultFigures('F14')
  for (const each of back) assert.ok(figures.judge(['twitch:missed', 'twitch:after'], said(each)))
  figures.tell()
  for (const each of back) each.close()
})

test.run()
