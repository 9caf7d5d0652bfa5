import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { FromOverlays, Open } from './memory-words.ts'

/** A process full of overlays: `node memory-overlays.js BASE`. Those that are deaf stop reading once they are welcomed. */

const [base = ''] = process.argv.slice(2)
const CLIENTS_AN_ADDRESS = 500
const AT_ONCE = 50
let opened = 0

process.on('message', (word: Open) => void open(word))
process.on('disconnect', () => process.exit())
say({ type: 'ready' })

async function open({ key, count, deaf }: Open): Promise<void> {
  for (let nth = 0; nth < count; nth += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - nth) }, () => connect(key, deaf)))
  }
  say({ type: 'open' })
}

async function connect(key: string, deaf: boolean): Promise<void> {
  const localAddress = `127.0.0.${1 + Math.floor(opened++ / CLIENTS_AN_ADDRESS)}`
  const client = new WebSocket(`${base.replace('http', 'ws')}/ws/overlay`, { perMessageDeflate: false, localAddress })
  await once(client, 'open')
  client.send(JSON.stringify({ type: 'hello', key }))
  await once(client, 'message')
  client.on('error', () => undefined)
  if (deaf) client.pause()
}

function say(word: FromOverlays): void {
  process.send?.(word)
}
