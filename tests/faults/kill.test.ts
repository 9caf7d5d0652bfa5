import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../../workers/random.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('kill -9')
const KILLS = 10
const PER_PUSH = 20

/** Sends numbered lines one push after another until the server is gone. Returns the ids that were answered 2xx as archived. */
async function feed(panel: Panel, round: number, sent: string[]): Promise<string[]> {
  const acknowledged: string[] = []
  for (let push = 0; ; push++) {
    const ids = Array.from({ length: PER_PUSH }, (_, index) => `k${round}-${push}-${index}`)
    sent.push(...ids)
    try {
      const produced = await panel.pushLines(ids.map((id) => ircLine(id, `text of ${id}`)))
      assert.is(produced.archived, true)
      acknowledged.push(...produced.events.map(({ id }) => id))
    } catch (error) {
      if (error instanceof assert.Assertion) throw error
      return acknowledged
    }
  }
}

test('keeps every answered event, once and in order, over ten kills of a server with a live stream', async () => {
  const data = await temporaryData()
  const random = seeded(7)
  let server: RunningServer = await startServer({ dataDir: data.path })
  let panel = await Panel.register(server.base, 'killed_often')
  const stream = await panel.startStream('Survivor')
  const sent: string[] = []
  const acknowledged: string[] = []
  /** From each kill until the next server listens, ms. */
  const recoveries: number[] = []
  for (let round = 0; round < KILLS; round++) {
    const feeding = feed(panel, round, sent)
    // The moment of the kill is what the test is about; nothing is awaited by it.
    await new Promise((resolve) => setTimeout(resolve, 150 + random() * 500))
    await server.end('SIGKILL')
    acknowledged.push(...(await feeding))
    const died = performance.now()
    server = await startServer({ dataDir: data.path })
    panel = panel.at(server.base)
    recoveries.push(performance.now() - died)
    const { items } = await panel.json<{ items: { id: string; endedAt: number | null }[] }>('GET', '/api/streams')
    assert.equal(
      items.map(({ id, endedAt }) => [id, endedAt]),
      [[stream.id, null]],
      'the stream goes on',
    )
  }
  const transcript = await panel.transcript(stream.id)
  const kept = transcript.flatMap((event) => (event.kind === 'message' ? [event.id.replace('twitch:', '')] : []))
  assert.is(new Set(kept).size, kept.length, 'nothing twice')
  const places = new Map(kept.map((id, place) => [id, place]))
  assert.equal(
    acknowledged.filter((id) => !places.has(id.replace('twitch:', ''))),
    [],
    'nothing answered is missing',
  )
  assert.equal(
    kept,
    sent.filter((id) => places.has(id)),
    'in the order of sending',
  )
  assert.is(
    transcript.some(({ kind }) => kind === 'gap'),
    false,
  )
  const figures = new FaultFigures('F6')
  figures.judge(
    acknowledged,
    kept.map((id) => `twitch:${id}`),
  )
  figures.injections = KILLS
  figures.recoveries.push(...recoveries)
  figures.tell()
  tell(`${KILLS} kills, ${acknowledged.length} events answered, ${kept.length} kept, 0 lost, 0 doubled`)

  const again = await panel.pushLines([ircLine(kept.at(-1) ?? '', 'delivered again after the kill')])
  assert.is(again.duplicates, 1, 'a redelivery after the restart is a duplicate')
  await server.end('SIGTERM')
  await data.remove()
})

test('ends with 0 within its deadline on SIGTERM under load, with all it answered kept', async () => {
  const data = await temporaryData()
  const server = await startServer({ dataDir: data.path })
  const panel = await Panel.register(server.base, 'asked_politely')
  const stream = await panel.startStream()
  const sent: string[] = []
  const feeding = feed(panel, 0, sent)
  await new Promise((resolve) => setTimeout(resolve, 400))
  assert.is(await server.end('SIGTERM'), 0, server.output())
  const acknowledged = await feeding
  assert.ok(acknowledged.length > 0)
  const next = await startServer({ dataDir: data.path })
  const kept = new Set(
    (await panel.at(next.base).transcript(stream.id)).map((event) => ('id' in event ? event.id : '')),
  )
  assert.equal(
    acknowledged.filter((id) => !kept.has(id)),
    [],
  )
  await next.end('SIGTERM')
  await data.remove()
})

test('refuses a second server on the same folder and leaves the first one alone', async () => {
  const data = await temporaryData()
  const first = await startServer({ dataDir: data.path })
  let refusal = ''
  await startServer({ dataDir: data.path }).catch((error: Error) => {
    refusal = error.message
  })
  assert.match(refusal, /ended with 1/)
  assert.match(refusal, `is in use by the process ${first.child.pid}`)
  assert.is((await fetch(`${first.base}/healthz`)).status, 200)
  const figures = new FaultFigures('F23')
  const panel = await Panel.register(first.base, 'not_disturbed')
  const stream = await panel.startStream()
  const { events } = await panel.pushLines([ircLine('one', 'one'), ircLine('two', 'two')])
  const kept = (await panel.transcript(stream.id)).flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.ok(
    figures.judge(
      events.map(({ id }) => id),
      kept,
    ),
  )
  figures.tell()
  await first.end()
  await data.remove()
})

test.run()
