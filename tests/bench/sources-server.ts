import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCrossChat } from '../../server/app.ts'
import { newId } from '../../server/auth/ids.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import type { FromServer, ToServer } from './sources-words.ts'

/** A whole CrossChat in a process of its own, whose channels follow what the bench says. */

const API_KEY = 'sample-key-of-a-bench'
const LOOK_EVERY_MS = 50
const MOST = 0.99

const outside = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
const env = { ...outside, DATA_DIR: dataDir, PORT: '0', CROSSCHAT_LOG: 'error', CROSSCHAT_YOUTUBE_API_KEY: API_KEY }
const crosschat = createCrossChat({ env })
await crosschat.listen()
const { house } = await crosschat.parts()
const platforms = house.line.platforms().map(({ id }) => id)
const followed: { channelId: string; platform: string }[] = []

process.on('message', (word: ToServer) => void hear(word))
process.once('disconnect', async () => {
  await crosschat.close()
  await rm(dataDir, { recursive: true, force: true })
  process.exit()
})
say({ type: 'ready' })

async function hear(word: ToServer): Promise<void> {
  if (word.type === 'follow') await follow(word.sources)
  else if (word.type === 'live') say({ type: 'live', ...(await allLive(word.since)) })
  else say({ type: 'figures', ...(await figures(word.ms)) })
}

/** A channel for each source, the platforms in turn. */
async function follow(sources: number): Promise<void> {
  const began = Date.now()
  for (let n = 0; n < sources; n++) {
    const channelId = newId()
    const platform = platforms[n % platforms.length] ?? ''
    await house.stores.channels.insert({
      id: channelId,
      accountId: newId(),
      name: `c${n}`,
      rules: NO_RULES,
      createdAt: began,
    })
    await house.sources.set(channelId, platform, {
      channel: `sample_${n}`,
      ...(platform === 'kick' && { socket: true }),
    })
    followed.push({ channelId, platform })
  }
  say({ type: 'live', ...(await allLive(began)) })
}

async function allLive(since: number): Promise<{ half: number; most: number; all: number }> {
  let [half, most] = [0, 0]
  for (;;) {
    const live = followed.filter((each) => stateOf(each) === 'live').length
    const passed = Date.now() - since
    if (half === 0 && live >= followed.length / 2) half = passed
    if (most === 0 && live >= followed.length * MOST) most = passed
    if (live === followed.length) return { half, most, all: passed }
    await pause(LOOK_EVERY_MS)
  }
}

function stateOf({ channelId, platform }: { channelId: string; platform: string }): string | undefined {
  return house.sources.list(channelId).find((view) => view.platform === platform)?.state
}

async function figures(ms: number): Promise<{ cpu: number; rss: number; events: number }> {
  const before = process.cpuUsage()
  await pause(ms)
  const { user, system } = process.cpuUsage(before)
  const events = followed.reduce((sum, { channelId }) => {
    return sum + house.sources.list(channelId).reduce((of, view) => of + view.events, 0)
  }, 0)
  return { cpu: (100 * (user + system)) / (ms * 1_000), rss: process.memoryUsage.rss(), events }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function say(word: FromServer): void {
  process.send?.(word)
}
