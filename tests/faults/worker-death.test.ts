import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import { seeded } from '../../workers/random.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('worker death')
const DEATHS = 20
const PER_PUSH = 10

async function running(env: Record<string, string> = {}) {
  const data = await temporaryData()
  const crosschat = createCrossChat({ env: { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent', ...env } })
  const base = await crosschat.listen()
  const parts = await crosschat.parts()
  const close = async () => {
    await crosschat.close()
    await data.remove()
  }
  return { base, parts, close, path: data.path }
}

test('loses nothing accepted and doubles nothing while the worker is terminated twenty times', async () => {
  const { base, parts, close } = await running()
  const panel = await Panel.register(base, 'worker_loser')
  const stream = await panel.startStream()
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  const random = seeded(11)
  const sent: string[] = []
  const pauses: number[] = []
  let feeding = true
  const feeder = (async () => {
    for (let push = 0; feeding; push++) {
      const ids = Array.from({ length: PER_PUSH }, (_, index) => `w${push}-${index}`)
      const produced = await panel.pushLines(ids.map((id) => ircLine(id, `text of ${id}`)))
      assert.is(produced.accepted, PER_PUSH)
      sent.push(...ids)
    }
  })()
  for (let death = 0; death < DEATHS; death++) {
    const before = overlay.events.length
    await overlay.until(() => overlay.events.length > before + Math.floor(random() * 200))
    await parts.ingest.shift?.worker.terminate()
    const [died, shown] = [performance.now(), overlay.events.length]
    await overlay.until(() => overlay.events.length > shown)
    pauses.push(performance.now() - died)
  }
  tell(`${DEATHS} deaths, longest pause of the display ${Math.round(Math.max(...pauses))} ms`)
  feeding = false
  await feeder
  await overlay.until(() => overlay.events.at(-1)?.id === `twitch:${sent.at(-1)}`)
  const shown = overlay.events.flatMap((event) => (event.kind === 'message' ? [event.id.replace('twitch:', '')] : []))
  assert.equal(shown, sent, 'shown once, in order')
  assert.equal(
    overlay.events.map(({ seq }) => seq),
    overlay.events.map((_, index) => (overlay.events[0]?.seq ?? 0) + index),
    'seqs without a gap, in one epoch',
  )
  const kept = (await panel.transcript(stream.id)).flatMap((event) =>
    event.kind === 'message' ? [event.id.replace('twitch:', '')] : [],
  )
  assert.equal(kept, sent, 'archived once, in order')
  assert.is(parts.ingest.figures.restarts, DEATHS)
  const again = await panel.pushLines(sent.slice(-100).map((id) => ircLine(id, 'again')))
  assert.is(again.duplicates, 100, 'what was shown before a death is still known')
  overlay.close()
  await close()
})

test('goes on behind a job that ends the worker, and sets it aside after the second time', async () => {
  const { base, parts, close, path } = await running()
  const panel = await Panel.register(base, 'hung_worker')
  await panel.pushLines([ircLine('before', 'before')])
  const entry = parts.ingest.channel((await panel.me()).channel.id)
  assert.ok(entry)
  // A job that no door can make: the worker has no event to place and throws.
  const poison = parts.ingest.submit(entry, { type: 'event', draft: null as never })
  const after = panel.pushLines([ircLine('after', 'after')])
  await poison.then(
    () => assert.unreachable('a poisonous job resolved'),
    (error: Error) => assert.match(error.message, /set aside/),
  )
  assert.is((await after).accepted, 1, 'chat goes on behind it')
  assert.is(parts.ingest.figures.restarts, 2)
  await panel.json('GET', '/api/auth/me')
  const folder = join(path, 'quarantine')
  for (let tries = 0; !existsSync(folder) && tries < 1_000; tries++) await new Promise(setImmediate)
  assert.is(readdirSync(folder).length, 1)
  await close()
})

test('refuses with 503 and Retry-After when the queue is full, takes nothing of it, and delivers all it took', async () => {
  const { base, parts, close } = await running({ CROSSCHAT_QUEUE_BYTES: '65536' })
  const panel = await Panel.register(base, 'floods_the_ring')
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  const { shift } = parts.ingest
  assert.ok(shift)
  // The reader stands still: the ring fills, then the hold-back queue.
  const take = shift.reader.take
  shift.reader.take = () => null
  const answers: Promise<Response>[] = []
  const body = (push: number) =>
    Array.from({ length: 500 }, (_, index) => ircLine(`f${push}-${index}`, 'x'.repeat(400))).join('\n')
  for (let push = 0; push < 40; push++) {
    answers.push(panel.call('POST', '/api/producers/twitch', body(push), { 'Content-Type': 'text/plain' }))
  }
  const first = await Promise.race(answers)
  assert.is(first.status, 503)
  assert.ok(Number(first.headers.get('retry-after')) >= 1)
  assert.is(((await first.json()) as { error: { code: string } }).error.code, 'queue_full')
  shift.reader.take = take
  const statuses = (await Promise.all(answers)).map(({ status }) => status)
  const accepted = statuses.filter((status) => status === 202).length
  assert.is(
    statuses.every((status) => status === 202 || status === 503),
    true,
    statuses.join(' '),
  )
  assert.ok(accepted > 0)
  await overlay.until(() => overlay.events.length >= accepted * 500)
  assert.is(overlay.events.length, accepted * 500)
  overlay.close()
  await close()
})

test.run()
