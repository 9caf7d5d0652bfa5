import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { nativeLine, stampOf } from './line-load.ts'
import { percentile } from './line-percentile.ts'
import { microseconds } from './line-words.ts'
import type { Begin, FromLoad, Go, Tenant, ToLoad } from './scale-words.ts'

/** Pushes chat into many channels at an even pace, and sits on all their overlays. */

/** How often each channel pushes what is due; `CROSSCHAT_BENCH_PUSHES`. */
const PUSHES_A_SECOND = Number(process.env.CROSSCHAT_BENCH_PUSHES ?? 1)
const ARRIVE_WITHIN_MS = 2_000
const LOOK_EVERY_MS = 10

let bases: string[] = []
let tenants: Tenant[] = []
let number = 0
let [from, took, arrived] = [0, [] as number[], 0]

process.on('message', (word: ToLoad) => void (word.type === 'begin' ? begin(word) : go(word)))
process.once('disconnect', () => process.exit())

function say(word: FromLoad): void {
  process.send?.(word)
}

async function begin(word: Begin): Promise<void> {
  ;({ bases, tenants } = word)
  for (const [nth, { keys }] of tenants.entries())
    for (const [of, key] of keys.entries()) await connect(baseOf(nth + of), key)
  say({ type: 'connected' })
}

function baseOf(nth: number): string {
  return bases[nth % bases.length] ?? ''
}

function connect(base: string, key: string): Promise<void> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws/overlay`, { perMessageDeflate: false })
  socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', key })))
  socket.on('close', (code) => {
    throw new Error(`An overlay was closed with ${code}.`)
  })
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const word: { type: string; events?: { text?: string }[] } = JSON.parse(String(data))
      if (word.type === 'welcome') resolve()
      if (word.type === 'events') hear(word.events ?? [])
    })
  })
}

function hear(events: readonly { text?: string }[]): void {
  const now = microseconds()
  for (const { text = '' } of events) {
    const stamp = stampOf(text)
    if (!(stamp.number >= from)) continue
    arrived++
    took.push((now - stamp.at) / 1_000)
  }
}

/** Each channel in its turn, so that pushes are spread over the second. */
async function go({ perSecond, warmUpMs, measureMs }: Go): Promise<void> {
  const lines = Math.max(1, Math.round(perSecond / tenants.length / PUSHES_A_SECOND))
  const gap = (lines * 1_000) / perSecond
  from = Number.POSITIVE_INFINITY
  const pushes: Promise<boolean>[] = []
  const began = performance.now()
  for (let nth = 0; performance.now() - began < warmUpMs + measureMs; nth++) {
    await sleep(began + nth * gap - performance.now())
    if (from === Number.POSITIVE_INFINITY && performance.now() - began >= warmUpMs) {
      ;[from, took, arrived] = [number + 1, [], 0]
      pushes.length = 0
      say({ type: 'warm' })
    }
    pushes.push(push(nth, lines))
  }
  const pushed = number - from + 1
  say({ type: 'measured' })
  const due = pushed * (tenants[0]?.keys.length ?? 0)
  const late = performance.now() + ARRIVE_WITHIN_MS
  while (arrived < due && performance.now() < late) await sleep(LOOK_EVERY_MS)
  const refused = (await Promise.all(pushes)).filter((taken) => !taken).length
  say({ type: 'held', pushed, due, arrived, refused, p50: percentile(took, 0.5), p99: percentile(took, 0.99) })
}

function push(nth: number, lines: number): Promise<boolean> {
  const tenant = tenants[nth % tenants.length]
  // The next round of all channels goes to the next nodes.
  const base = baseOf(nth + Math.floor(nth / tenants.length))
  const now = microseconds()
  const body = Array.from({ length: lines }, () => nativeLine(++number, now)).join('\r\n')
  const headers = { 'content-type': 'text/plain', origin: base, cookie: tenant?.cookie ?? '' }
  return new Promise((resolve) => {
    const asked = request(`${base}/api/producers/twitch`, { method: 'POST', headers, agent })
    asked.on('error', () => resolve(false))
    asked.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode === TAKEN)
    })
    asked.end(body)
  })
}
const TAKEN = 202
/** An idle connection is left before the server leaves it, after 5 s: one that both use in that moment would count as a push refused. */
const IDLE_MS = 4_000
/** The cheapest way to ask: what the load takes of a core, the nodes lack. */
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })
