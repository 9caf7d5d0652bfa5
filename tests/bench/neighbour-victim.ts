import { once } from 'node:events'
import { WebSocket } from 'ws'
import { Client } from './neighbour-client.ts'
import type { FromNeighbour, Who, Write } from './neighbour-words.ts'

/** The neighbour: one channel with one overlay in which somebody writes at an even pace. `node neighbour-victim.js WHO`. */

const EVERY_MS = 20
/** How long the last messages may take to come. */
const ARRIVE_WITHIN_MS = 10_000

const { base, cookie, key }: Who = JSON.parse(process.argv[2] ?? '{}')
const client = new Client(base, cookie)
const sentAt: number[] = []
const shown: number[] = []
let [number, first, seen] = [0, 0, 0]

const overlay = new WebSocket(`${base.replace('http', 'ws')}/ws/overlay`, { perMessageDeflate: false })
overlay.on('message', (data) => hear(JSON.parse(String(data))))
overlay.on('close', (code) => {
  throw new Error(`The neighbour's overlay was closed with ${code}.`)
})
await once(overlay, 'open')
overlay.send(JSON.stringify({ type: 'hello', key }))
await once(overlay, 'message')
process.on('message', (word: Write) => void write(word))
process.on('disconnect', () => process.exit(0))
say({ type: 'ready' })

function hear(frame: { type: string; events?: { text?: string }[] }): void {
  const at = performance.now()
  for (const { text = '' } of frame.type === 'events' ? (frame.events ?? []) : []) {
    const nth = Number(/^neighbour (\d+)$/.exec(text)?.[1] ?? Number.NaN)
    const sent = sentAt[nth - first]
    if (nth < first || sent === undefined) continue
    shown.push(at - sent)
    seen++
  }
}

async function write({ forMs }: Write): Promise<void> {
  ;[first, seen, sentAt.length, shown.length] = [number, 0, 0, 0]
  const answered: number[] = []
  const asked: Promise<void>[] = []
  const [began, before] = [performance.now(), process.cpuUsage()]
  for (let nth = 0; nth * EVERY_MS < forMs; nth++) {
    // By the clock and not by the call before: whoever waits for answers writes less the worse it is.
    const due = began + nth * EVERY_MS - performance.now()
    if (due > 0) await pause(due)
    asked.push(one(number++, answered))
  }
  const took = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  await Promise.all(asked)
  for (let waited = 0; seen < sentAt.length && waited < ARRIVE_WITHIN_MS; waited += EVERY_MS) await pause(EVERY_MS)
  say({
    type: 'seen',
    shown: [...shown],
    answered,
    missing: sentAt.length - seen,
    cpu: (user + system) / (took * 10),
  })
}

async function one(nth: number, answered: number[]): Promise<void> {
  const line = `@id=00000000-0000-4000-8000-${String(nth).padStart(12, '0')};user-id=41;display-name=Quiet_Otter;tmi-sent-ts=${Date.now()} :quiet_otter!quiet_otter@quiet_otter.tmi.twitch.tv PRIVMSG #cool_channel :neighbour ${nth}`
  const at = performance.now()
  sentAt.push(at)
  const headers = { 'content-type': 'text/plain' }
  const { status, text } = await client.ask({ method: 'POST', path: '/api/producers/twitch', body: line, headers })
  if (status !== 202) throw new Error(`The neighbour's message was answered with ${status}: ${text}`)
  answered.push(performance.now() - at)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function say(word: FromNeighbour): void {
  process.send?.(word)
}
