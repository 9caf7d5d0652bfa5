import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCrossChat } from '../../server/app.ts'
import { newId } from '../../server/auth/ids.ts'
import { CrossChatError } from '../../server/errors.ts'
import { newOverlay } from '../../server/routes/newcomer.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import { nativeLine } from './line-load.ts'
import { microseconds } from './line-words.ts'
import type { FromServer, Go, Look } from './tenants-words.ts'

/** A whole CrossChat in a process of its own, with so many channels of so many overlays: `node tenants-server.js CHANNELS OVERLAYS`. */

const HEADERS = { 'content-type': 'text/plain' }
const TICK_MS = 1
const [channels, overlays] = process.argv.slice(2).map(Number) as [number, number]

const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
const crosschat = createCrossChat({ env: { DATA_DIR: dataDir, PORT: '0', CROSSCHAT_LOG: 'warn' } })
const base = await crosschat.listen()
const { house } = await crosschat.parts()
const ids: string[] = []
const keys: string[] = []
for (let nth = 0; nth < channels; nth++) await openOne(nth)

process.on('message', (word: Go | Look) => void hear(word))
process.once('disconnect', async () => {
  await crosschat.close()
  await rm(dataDir, { recursive: true, force: true })
  process.exit()
})
say({ type: 'listening', url: `${base.replace('http', 'ws')}/ws/overlay`, keys })

async function openOne(nth: number): Promise<void> {
  const id = newId()
  const createdAt = Date.now()
  await house.stores.channels.insert({ id, accountId: newId(), name: `c${nth}`, rules: NO_RULES, createdAt })
  for (let of = 0; of < overlays; of++) {
    const overlay = newOverlay(id, 'Main')
    await house.stores.overlays.insert(overlay)
    keys.push(house.overlayKeys.keyOf(overlay))
  }
  ids.push(id)
}

async function hear(word: Go | Look): Promise<void> {
  if ('perSecond' in word) return say({ type: 'ended', ...(await load(word)) })
  globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  say({ type: 'held', rss, heap: heapUsed })
}

let said = 0
let refused = 0

/** Channel after channel, at an even pace. */
function load({ perSecond, forMs }: Go): Promise<{ submitted: number; refused: number; cpu: number }> {
  const total = Math.floor((channels * perSecond * forMs) / 1_000)
  const [began, before] = [microseconds(), process.cpuUsage()]
  let submitted = 0
  refused = 0
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = microseconds()
      const due = Math.min(total, Math.floor(((now - began) * channels * perSecond) / 1e6))
      for (; submitted < due; submitted++) push(now)
      if (submitted < total) return
      clearInterval(timer)
      const { user, system } = process.cpuUsage(before)
      resolve({ submitted, refused, cpu: (100 * (user + system)) / (microseconds() - began) })
    }, TICK_MS)
  })
}

function push(now: number): void {
  const channel = ids[said % channels] ?? ''
  house.line.push(channel, 'twitch', nativeLine(++said, now), HEADERS).catch((error: unknown) => {
    if (!(error instanceof CrossChatError) || error.code !== 'queue_full') throw error
    refused++
  })
}

function say(word: FromServer): void {
  process.send?.(word)
}
