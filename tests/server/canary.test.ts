import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import { Canary } from '../../server/canary.ts'
import type { LivePeer } from '../../server/channels/audience.ts'
import { Entries } from '../../server/entries.ts'
import { frameOf } from '../../server/frame.ts'
import { createLog } from '../../server/log.ts'
import { createMetrics } from '../../server/metrics.ts'
import { UNRULED } from '../../workers/ruled.ts'
import { temporaryData } from '../help/server.ts'

const test = suite('canary')

test('hears itself through the whole line, again and again, and leaves nothing behind', async () => {
  const data = await temporaryData()
  const crosschat = createCrossChat({ env: { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent' } })
  const { ingest, hub, house } = await crosschat.parts()
  const { log, metrics } = house
  const canary = new Canary({ ingest, hub, log, metrics, backWithinMs: 60_000 })
  for (let n = 0; n < 3; n++) assert.is(await canary.sing(), true)
  assert.is(hub.size, 0)
  assert.is(ingest.figures.channels, 0)
  const text = await metrics.registry.metrics()
  assert.match(text, /^cc_canary_total\{result="back"\} 3$/m)
  assert.match(text, /^cc_canary_seconds 0\.\d+/m)
  assert.not.match(text, /^cc_invariant_violations_total\{/m)
  await crosschat.close()
  await data.remove()
})

test('raises the alarm once when nothing comes back, and says when it does again', async () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const metrics = createMetrics()
  const entry = new Entries().open('canary', UNRULED, [])
  let peer: Pick<LivePeer, 'send'> | null = null
  let works = false
  const canary = new Canary({
    ingest: {
      open: () => entry,
      close() {},
      submit(_entry, work) {
        if (works) peer?.send(frameOf(JSON.stringify(work)))
        return new Promise(() => {})
      },
    },
    hub: {
      join(_entry, joining) {
        peer = joining
      },
      leave() {},
    },
    log,
    metrics,
    backWithinMs: 1,
  })
  assert.equal([await canary.sing(), await canary.sing()], [false, false])
  works = true
  assert.equal([await canary.sing(), await canary.sing()], [true, true])
  assert.equal(
    lines.map((line) => JSON.parse(line).level),
    ['error', 'info'],
  )
  assert.match(await metrics.registry.metrics(), /^cc_canary_total\{result="lost"\} 2$/m)
  metrics.close()
})

test.run()
