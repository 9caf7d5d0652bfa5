import { parseArgs } from 'node:util'
import { OLD_SECRET } from '../tests/help/old-data.ts'
import { deleteLine, ircLine, Panel } from '../tests/help/panel.ts'
import { startServer } from '../tests/help/server.ts'

/**
 * `node --import tsx scripts/make-old-data.ts ENTRY FOLDER`: fills a fresh data folder by the server of another version, whose built entry
 * (`dist/server/index.js`) is named. What it leaves stands in `tests/server/stores/fixtures/`, one folder a version, so that later versions
 * are held against it. Calls only what the first version had.
 */

const [entry, dataDir] = parseArgs({ allowPositionals: true }).positionals
if (entry === undefined || dataDir === undefined) throw new Error('Name the built entry of a version, and the folder.')

const server = await startServer({ dataDir, entry, env: { CROSSCHAT_SECRET: OLD_SECRET } })
try {
  const owner = await Panel.register(server.base, 'Noodle_Knight')
  const other = await Panel.register(server.base, 'Quiet_Otter')
  await pastStream(owner)
  await owner.startStream('Goes on')
  await owner.pushLines([ircLine('live-1', 'the stream did not end with the process')])
  await owner.json('PUT', '/api/moderation/rules', {
    ...(await owner.json<object>('GET', '/api/moderation/rules')),
    words: ['spoiler'],
  })
  await owner.json('POST', '/api/overlays', { name: 'Second screen', settings: {} })
  await owner.json('POST', '/api/keys', { name: 'my bridge', scopes: ['produce'] })
  await other.pushLines([ircLine('elsewhere', 'another channel')])
} finally {
  await server.end('SIGTERM')
}

async function pastStream(panel: Panel): Promise<void> {
  await panel.startStream('An evening by the lake')
  await panel.pushLines([ircLine('old-1', 'good luck tonight!'), ircLine('old-2', 'お疲れさまです', 'Marzipan')])
  await panel.pushLines([deleteLine('old-2')])
  await panel.endStream()
}
