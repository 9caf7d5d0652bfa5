import { parentPort, workerData } from 'node:worker_threads'
import { Archive } from './archive/archive.ts'
import { BadRequest } from './archive/bad-request.ts'
import { describe } from './archive/describe.ts'
import type { ArchiveOrders, CallName, Calls, FromArchive, Refusal, ToArchive } from './archive/words.ts'

/** Entry of the archive thread: one word in, one answer out, until `stop`. The main thread never waits for a disk. */

// After all imports: some of them still assign to it while they load.
Object.freeze(Object.prototype)

const port = parentPort
if (port === null) throw new Error('The archive runs as a thread; start it with new Worker().')
const orders: ArchiveOrders = workerData
const archive = await Archive.start(
  orders,
  (level, text, fields) => say({ type: 'note', level, text, fields: describe(fields) }),
  (ms) => say({ type: 'synced', ms }),
)

port.on('message', (word: ToArchive) => {
  if (word.type === 'stop') void stop()
  else void answer(word)
})
say({ type: 'ready' })

async function answer(word: Exclude<ToArchive, { type: 'stop' }>): Promise<void> {
  try {
    say({ type: 'answer', n: word.n, value: await call(word) })
  } catch (error) {
    const code: Refusal = error instanceof BadRequest ? 'bad_request' : 'storage_failed'
    say({ type: 'refusal', n: word.n, code, message: error instanceof Error ? error.message : String(error) })
  }
}

function call(word: Exclude<ToArchive, { type: 'stop' }>): Promise<Calls[CallName]['gives']> {
  switch (word.type) {
    case 'open':
      return archive.open(word)
    case 'append':
      return archive.append(word)
    case 'gap':
      return archive.gap(word)
    case 'page':
      return archive.page(word)
    case 'search':
      return archive.search(word)
    case 'figures':
      return archive.figures(word)
    case 'erase':
      return archive.erase(word)
    case 'recent':
      return archive.recent(word)
    case 'end':
      return archive.end(word)
    case 'remove':
      return archive.remove(word)
  }
}

/** The thread ends by itself once its port is closed: nothing else keeps it alive. */
async function stop(): Promise<void> {
  await archive.close()
  say({ type: 'stopped' })
  port?.close()
}

function say(word: FromArchive): void {
  port?.postMessage(word)
}
