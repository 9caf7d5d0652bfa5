import { createCrossChat } from '../../server/app.ts'
import type { FromNode } from './scale-words.ts'

/** A whole CrossChat in a process of its own, as its environment says. */

const crosschat = createCrossChat({ env: process.env })
const word: FromNode = { type: 'listening', base: await crosschat.listen() }
process.once('disconnect', async () => {
  await crosschat.close()
  process.exit()
})
process.send?.(word)
