import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeView } from '../../server/api/accounts.ts'
import type { OverlayView } from '../../server/api/overlays.ts'
import { createCrossChat } from '../../server/app.ts'
import { serve } from './line-load.ts'

/** A whole CrossChat in a process of its own, with one account; lines enter where a producer's do. With `archived` a stream runs. */

const HEADERS = { 'content-type': 'text/plain' }

const dataDir = process.env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'crosschat-bench-')))
const crosschat = createCrossChat({ env: { DATA_DIR: dataDir, PORT: '0', CROSSCHAT_LOG: 'warn' } })
const base = await crosschat.listen()
const { channelId, key } = await register()
const { house } = await crosschat.parts()
if (process.argv[2] === 'archived') await house.streams.start(channelId, 'A stream of the bench')

process.once('disconnect', async () => {
  await crosschat.close()
  await rm(dataDir, { recursive: true, force: true })
  process.exit()
})
// A refused push is not handled: it ends this process, and with it the bench.
serve(
  { url: `${base.replace('http', 'ws')}/ws/overlay`, hello: JSON.stringify({ type: 'hello', key }) },
  (body) => void house.line.push(channelId, 'twitch', body, HEADERS),
)

async function register(): Promise<{ channelId: string; key: string }> {
  const registered = await fetch(`${base}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ username: 'sample_streamer', password: 'a password of the bench' }),
  })
  const { channel } = (await registered.json()) as MeView
  const cookie = registered.headers.getSetCookie().map((each) => each.split(';')[0])
  const overlays = await fetch(`${base}/api/overlays`, { headers: { cookie: cookie.join('; ') } })
  const { items } = (await overlays.json()) as { items: OverlayView[] }
  const key = items[0]?.url.split('#')[1]
  if (key === undefined) throw new Error('A new account has no overlay.')
  return { channelId: channel.id, key }
}
