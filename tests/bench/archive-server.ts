import { createCrossChat } from '../../server/app.ts'
import type { FromArchiveServer } from './archive-words.ts'

/** A whole CrossChat in a process of its own, over a folder that is there already: `node archive-server.js FOLDER`, with DATABASE_URL over what stands in that. */

const { DATABASE_URL } = process.env
const kept = { DATA_DIR: process.argv[2] ?? '', ...(DATABASE_URL !== undefined && { DATABASE_URL }) }
const crosschat = createCrossChat({ env: { ...kept, PORT: '0', CROSSCHAT_LOG: 'error' } })
const base = await crosschat.listen()

process.on('message', () => say({ type: 'memory', rss: process.memoryUsage.rss() }))
process.once('disconnect', async () => {
  await crosschat.close()
  process.exit()
})
say({ type: 'ready', base })

function say(word: FromArchiveServer): void {
  process.send?.(word)
}
