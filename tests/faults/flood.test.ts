import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ProducedView } from '../../server/api/sources.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('flood')
const PUSHES = 420
const LINES = 500
/** Pushes under way at a time. With the small ring they fill ring and hold-back queue while the main thread stands still. */
const IN_FLIGHT = 48
const QUEUE_BYTES = 1024 * 1024
const HOLD = new URL('./flood-hold.mjs', import.meta.url).href
/** The process may never be larger than this, MiB. */
const MAX_RSS_MB = 450
const GIVE_UP_MS = 60_000

/** An overlay that comes back where it was whenever it is cut off. */
class Overlay {
  readonly #base: string
  readonly #key: string
  #now: Listener
  readonly seen: { id: string; seq: number }[] = []
  cuts = 0

  private constructor(base: string, key: string, listener: Listener) {
    this.#base = base
    this.#key = key
    this.#now = listener
  }

  static async open(base: string, key: string): Promise<Overlay> {
    return new Overlay(base, key, await Listener.open(base, key))
  }

  /** Resolves once an event with this seq is here. */
  async reach(seq: number): Promise<void> {
    while (this.#now.seq < seq) {
      await this.#now.until(() => this.#now.seq >= seq || this.#now.closed !== null, GIVE_UP_MS)
      if (this.#now.closed === null) continue
      this.cuts++
      this.#keep()
      const { epoch, seq } = this.#now
      this.#now = await Listener.open(this.#base, this.#key, { epoch, seq })
      assert.is(this.#now.welcome?.recovered, true, 'back within the replay window')
    }
    this.#keep()
  }

  close(): void {
    this.#now.close()
  }

  #keep(): void {
    for (const { id, seq } of this.#now.events.splice(0)) this.seen.push({ id, seq })
  }
}

interface Tally {
  accepted: { id: string; seq: number }[]
  refused: number
}

/** Pushes until it is taken; a refusal is obeyed and the same push sent again. */
async function push(panel: Panel, number: number, tally: Tally): Promise<void> {
  const lines = Array.from({ length: LINES }, (_, index) => ircLine(`f${number}-${index}`, `short ${number} ${index}`))
  for (;;) {
    const answer = await panel.call('POST', '/api/producers/twitch', lines.join('\r\n'), {
      'Content-Type': 'text/plain',
    })
    if (answer.status === 202) {
      const { accepted, duplicates, events } = (await answer.json()) as ProducedView
      assert.equal([accepted, duplicates], [LINES, 0])
      tally.accepted.push(...events)
      return
    }
    assert.is(answer.status, 503, await answer.text())
    tally.refused++
    await sleep(Number(answer.headers.get('retry-after')) * 1_000)
  }
}

/** Largest resident size the process ever had, MiB; null where the system does not say. */
function peakRss(pid: number | undefined): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? null : Number(found[1]) / 1_024
  } catch {
    return null
  }
}

test('shows each of 200,000 events once and in order while its main thread stands still for 3 s in the middle', async () => {
  const data = await temporaryData()
  const env = { CROSSCHAT_QUEUE_BYTES: String(QUEUE_BYTES), NODE_OPTIONS: `--import=${HOLD}` }
  const server = await startServer({ dataDir: data.path, env })
  const panel = await Panel.register(server.base, 'raided_by_all')
  const overlay = await Overlay.open(server.base, (await panel.overlay()).key)
  const before = peakRss(server.child.pid)
  const tally: Tally = { accepted: [], refused: 0 }
  const began = performance.now()
  let next = 0
  const feeder = async () => {
    while (next < PUSHES) {
      if (next === PUSHES / 2) server.child.kill('SIGUSR2')
      await push(panel, next++, tally)
    }
  }
  const last = () => tally.accepted.reduce((most, { seq }) => Math.max(most, seq), 0)
  await Promise.all(Array.from({ length: IN_FLIGHT }, feeder))
  await overlay.reach(last())
  const seconds = (performance.now() - began) / 1_000
  const rss = peakRss(server.child.pid)
  assert.match(server.output(), /^held up$/m)
  const sent = tally.accepted.sort((a, b) => a.seq - b.seq)
  assert.is(sent.length, PUSHES * LINES)
  assert.equal(
    overlay.seen.findIndex(({ id, seq }, place) => id !== sent[place]?.id || seq !== place + 1),
    -1,
    'shown once, in order, without a gap',
  )
  assert.is(overlay.seen.length, sent.length)
  assert.ok(rss === null || rss < MAX_RSS_MB, `${rss} MiB`)
  tell(
    `${tally.accepted.length} events in ${seconds.toFixed(1)} s, 0 lost, 0 doubled, ${tally.refused} pushes refused and sent again, ` +
      `${overlay.cuts} cuts of the overlay, RSS ${before?.toFixed(0)} MiB before, ${rss?.toFixed(0)} MiB at most`,
  )
  const metrics = await (await fetch(`${server.base}/metrics`)).text()
  assert.not.match(metrics, /^cc_worker_restarts_total\{/m, 'the worker is not to blame')
  overlay.close()
  assert.is(await server.end(), 0, server.output())
  await data.remove()
})

test.run()
