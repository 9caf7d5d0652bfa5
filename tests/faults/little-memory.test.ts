import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ProducedView } from '../../server/api/sources.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

/** The load that docs/promises.md states. */
const HEAP_MB = 64
const CHANNELS = 3
const AT_ONCE = 30
const LINES = 400
const LETTERS = 1_900
const MAX_RSS_MB = 400
const test = suite<{ server: RunningServer }>('a server with little memory')
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async (context) => {
  data = await temporaryData()
  context.server = await startServer({
    dataDir: data.path,
    env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
  })
})
test.after(async ({ server }) => {
  await server.end('SIGKILL')
  await data.remove()
})

function body(name: string): string {
  return Array.from({ length: LINES }, (_, nth) => ircLine(`${name}-${nth}`, 'm'.repeat(LETTERS))).join('\r\n')
}

function inOrder(answers: ProducedView[]): string[] {
  const events = answers.flatMap((answer) => answer.events)
  return events.sort((one, other) => one.seq - other.seq).map(({ id }) => id)
}

test('refuses what it has no room for, keeps or tells what it took, and does not die of it', async ({ server }) => {
  const panels = await Promise.all(
    Array.from({ length: CHANNELS }, (_, nth) => Panel.register(server.base, `much_at_once_${nth}`)),
  )
  const streams = await Promise.all(panels.map((panel) => panel.startStream()))
  const readers = await Promise.all(
    panels.map(async (panel) => Listener.open(server.base, (await panel.overlay()).key)),
  )
  for (const reader of readers) reader.ws.pause()
  let refused = 0
  const taken = panels.map((): ProducedView[] => [])
  await Promise.all(
    panels.flatMap((panel, channel) =>
      Array.from({ length: AT_ONCE }, async (_, push) => {
        const answer = await panel.call('POST', '/api/producers/twitch', body(`${channel}-${push}`), {
          'Content-Type': 'text/plain',
        })
        if (answer.status !== 202) {
          assert.is(answer.status, 503, await answer.text())
          refused++
          return
        }
        taken[channel]?.push((await answer.json()) as ProducedView)
      }),
    ),
  )
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8')
  const largest = Math.round(Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) / 1_024)
  tell(`${refused} of ${CHANNELS * AT_ONCE} pushes refused; most memory of the process: ${largest} MiB`)
  assert.ok(refused > 0, 'more than it has room for')
  assert.ok(largest < MAX_RSS_MB, `${largest} MiB`)
  const figures = new FaultFigures('F27')
  for (const [channel, panel] of panels.entries()) {
    const transcript = await panel.transcript(streams[channel]?.id ?? '')
    const kept = transcript.flatMap((event) => (event.kind === 'message' ? [event.id] : []))
    const told = transcript.reduce((sum, event) => sum + (event.kind === 'gap' ? event.count : 0), 0)
    const answers = taken[channel] ?? []
    assert.ok(
      figures.judge(inOrder(answers.filter(({ archived }) => archived)), kept),
      'all that is said to be kept is',
    )
    assert.is(kept.length + told, inOrder(answers).length, 'what is not kept stands there as a gap with its count')
  }
  for (const reader of readers) reader.close()
  figures.tell()
  assert.is(await server.end(), 0)
})

test.run()
