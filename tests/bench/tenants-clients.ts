import { WebSocket } from 'ws'
import { stampOf } from './line-load.ts'
import { percentile } from './line-percentile.ts'
import { microseconds } from './line-words.ts'
import type { FromClients, Tell } from './tenants-words.ts'

/** The overlays of all channels, each of which reads: `node tenants-clients.js URL`; the keys come as the first word. */

const [url = ''] = process.argv.slice(2)
/** All of 127.0.0.0/8 is this machine; a server lets so many in from one address, and more. */
const CLIENTS_AN_ADDRESS = 150
const AT_ONCE = 50
const LOOK_EVERY_MS = 10

let took: number[] = []
let arrived = 0

process.on('message', (word: { keys: string[] } | Tell) => void hear(word))
process.on('disconnect', () => process.exit())
say({ type: 'ready' })

async function hear(word: { keys: string[] } | Tell): Promise<void> {
  if ('keys' in word) {
    for (let nth = 0; nth < word.keys.length; nth += AT_ONCE) {
      await Promise.all(word.keys.slice(nth, nth + AT_ONCE).map((key, of) => connect(key, nth + of)))
    }
    return say({ type: 'connected' })
  }
  const late = performance.now() + word.withinMs
  while (arrived < word.expected && performance.now() < late) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  const p50 = percentile(took, 0.5)
  say({
    type: 'seen',
    arrived,
    p50: p50 / 1_000,
    p99: percentile(took, 0.99) / 1_000,
    longest: (took.at(-1) ?? 0) / 1_000,
  })
  took = []
  arrived = 0
}

/** Resolves once it is welcomed. */
function connect(key: string, nth: number): Promise<void> {
  const localAddress = `127.0.0.${1 + Math.floor(nth / CLIENTS_AN_ADDRESS)}`
  const client = new WebSocket(url, { perMessageDeflate: false, localAddress })
  client.on('close', (code) => {
    throw new Error(`A client was closed with ${code}.`)
  })
  client.on('open', () => client.send(JSON.stringify({ type: 'hello', key })))
  return new Promise((resolve) => {
    client.on('message', (data) => {
      const frame: { type: string; events?: { text: string }[] } = JSON.parse(String(data))
      if (frame.type === 'welcome') resolve()
      if (frame.type === 'events') for (const { text } of frame.events ?? []) note(text)
    })
  })
}

function note(text: string): void {
  arrived++
  took.push(microseconds() - stampOf(text).at)
}

function say(word: FromClients): void {
  process.send?.(word)
}
