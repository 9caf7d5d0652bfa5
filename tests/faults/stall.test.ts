import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SILENT_MS } from '../../server/silence.ts'
import { again } from '../help/again.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('stall')
/** Much longer than the worker may be silent. */
const STOPPED_MS = 5_000
const STOPS = 2
const PER_PUSH = 20
/** Events shown before a stop and after the last one. */
const BETWEEN = 100
const SHOWN_WITHIN_MS = 60_000
/** After the last stop the watchdog must have looked a few times more. */
const LOOKED_AGAIN_MS = 2 * SILENT_MS

/** A second channel's pushes under way, and their lines: the worker always has work before it, and answers pings late. */
const LOAD_IN_FLIGHT = 16
const LOAD_LINES = 500
const QUEUE_FULL = 503

/** Keeps the worker busy until told to end. What is refused is not sent again. */
function load(panel: Panel, on: () => boolean): Promise<unknown> {
  let made = 0
  const pusher = async () => {
    while (on()) {
      const lines = Array.from({ length: LOAD_LINES }, () => ircLine(`load-${made++}`, 'load'))
      const headers = { 'Content-Type': 'text/plain' }
      const answer = await again(() => panel.call('POST', '/api/producers/twitch', lines.join('\n'), headers))
      if (answer.status === QUEUE_FULL) await sleep(Number(answer.headers.get('retry-after')) * 1_000)
      else assert.is(answer.status, 202, await answer.text())
    }
  }
  return Promise.all(Array.from({ length: LOAD_IN_FLIGHT }, pusher))
}

/** Sum of a counter over all its labels, as `/metrics` tells it. */
async function counted(base: string, name: string): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text()
  assert.match(text, `# TYPE ${name} counter`)
  const values = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))
  return Array.from(values, ([, value]) => Number(value)).reduce((sum, value) => sum + value, 0)
}

test('kills no worker, loses nothing and doubles nothing when the whole process stands still for 5 s', async () => {
  const data = await temporaryData()
  const server = await startServer({ dataDir: data.path })
  const panel = await Panel.register(server.base, 'laptop_lid')
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const sent: string[] = []
  let feeding = true
  const loading = load(await Panel.register(server.base, 'busy_neighbour'), () => feeding)
  const feeder = (async () => {
    for (let push = 0; feeding; push++) {
      const ids = Array.from({ length: PER_PUSH }, (_, index) => `s${push}-${index}`)
      const produced = await again(() => panel.pushLines(ids.map((id) => ircLine(id, `text of ${id}`))))
      assert.is(produced.accepted + produced.duplicates, PER_PUSH)
      sent.push(...ids)
    }
  })()
  for (let stop = 0; stop < STOPS; stop++) {
    const before = overlay.events.length
    await overlay.until(() => overlay.events.length > before + BETWEEN, SHOWN_WITHIN_MS)
    server.child.kill('SIGSTOP')
    await sleep(STOPPED_MS)
    server.child.kill('SIGCONT')
  }
  await sleep(LOOKED_AGAIN_MS)
  const before = overlay.events.length
  await overlay.until(() => overlay.events.length > before + BETWEEN, SHOWN_WITHIN_MS)
  feeding = false
  await Promise.all([feeder, loading])
  await overlay.until(() => overlay.events.at(-1)?.id === `twitch:${sent.at(-1)}`)
  const messages = (events: { kind: string; id?: string }[]) =>
    events.flatMap(({ kind, id }) => (kind === 'message' ? [id?.replace('twitch:', '')] : []))
  assert.equal(messages(overlay.events), sent, 'shown once, in order')
  assert.equal(messages(await panel.transcript(stream.id)), sent, 'archived once, in order')
  assert.is(overlay.closed, null, 'the overlay stayed connected')
  assert.is(await counted(server.base, 'cc_worker_restarts_total'), 0)
  assert.is(await counted(server.base, 'cc_invariant_violations_total'), 0)
  tell(`${STOPS} stops of ${STOPPED_MS / 1_000} s, ${sent.length} events, 0 lost, 0 doubled, 0 workers killed`)
  overlay.close()
  assert.is(await server.end(), 0, server.output())
  await data.remove()
})

test.run()
