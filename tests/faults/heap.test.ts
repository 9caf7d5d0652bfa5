import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TOO_MANY_FAILURES } from '../../server/death.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const HUNGRY_WORKER = new URL('../help/hungry-worker.mjs', import.meta.url).href
/** Payloads that each take all of the heap twice. */
const HUNGRY = 3
const test = suite<{ server: RunningServer }>('a worker without heap')
let data: Awaited<ReturnType<typeof temporaryData>>
test.before(async (context) => {
  data = await temporaryData()
  context.server = await startServer({ dataDir: data.path, env: { NODE_OPTIONS: `--import=${HUNGRY_WORKER}` } })
})
test.after(async ({ server }) => {
  await server.end('SIGKILL')
  await data.remove()
})

test('costs nobody a message: what took the heap is set aside, and who fails again and again waits and says so', async ({
  server,
}) => {
  const [panel, hungry] = [
    await Panel.register(server.base, 'goes_on'),
    await Panel.register(server.base, 'eats_a_lot'),
  ]
  const stream = await panel.startStream()
  const overlay = await Listener.open(server.base, (await panel.overlay()).key)
  const answered: string[] = []
  const push = async (id: string) => {
    const { events } = await panel.pushLines([ircLine(id, 'is shown all the same')])
    answered.push(...events.map((event) => event.id))
  }
  const reasons = new Set<string>()
  let over = false
  const watching = (async () => {
    for (; !over; await sleep(5)) {
      const { reasons: each = [] } = (await (await fetch(`${server.base}/readyz`)).json()) as { reasons?: string[] }
      for (const reason of each) reasons.add(reason)
    }
  })()

  for (let nth = 0; nth < HUNGRY; nth++) {
    const eaten = hungry.call('POST', '/api/producers/twitch', ircLine(`eats-${nth}`, 'I am hungry'), {
      'Content-Type': 'text/plain',
    })
    await push(`beside-${nth}`)
    const answer = await eaten
    assert.is(answer.status, 400)
    assert.match(await answer.text(), /set aside/)
    await push(`behind-${nth}`)
  }
  over = true
  await watching

  await overlay.until(() => overlay.events.at(-1)?.id === answered.at(-1))
  const shown = overlay.events.flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.equal(shown, answered, 'shown once, in order')
  const kept = (await panel.transcript(stream.id)).flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  const figures = new FaultFigures('F4')
  assert.ok(figures.judge(answered, kept))
  figures.injections = 2 * HUNGRY
  figures.tell()

  const metrics = await (await fetch(`${server.base}/metrics`)).text()
  assert.is(/^cc_worker_restarts_total\{cause="heap"\} (\d+)$/m.exec(metrics)?.[1], String(2 * HUNGRY))
  const often = `ended ${TOO_MANY_FAILURES} times within a minute`
  assert.ok(
    [...reasons].some((reason) => reason.includes(often)),
    [...reasons].join('; '),
  )
  assert.match(server.output(), /the unified worker fails again and again/)
  tell(
    `most memory of the process: ${/^VmHWM:\s*(.*)$/m.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]}`,
  )
  overlay.close()
  assert.is(await server.end(), 0)
})

test.run()
