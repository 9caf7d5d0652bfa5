import { parentPort, workerData } from 'node:worker_threads'
import { Archive } from './archive/archive.ts'
import { BadRequest, Fenced } from './archive/bad-request.ts'
import { describe } from './archive/describe.ts'
import { PageMemory } from './archive/page-memory.ts'
import type { ArchiveOrders, CallName, Calls, FromArchive, Keeper, Refusal, ToArchive } from './archive/words.ts'
import type { Note } from './keeping/storage-error.ts'

/** Entry of the archive thread: one word in, one answer out, until `stop`. The main thread never waits for a disk. */

const port = parentPort
if (port === null) throw new Error('The archive runs as a thread; start it with new Worker().')
const memory = new PageMemory()
const archive = await start(workerData, (level, text, fields) => {
  say({ type: 'note', level, text, fields: describe(fields) })
})

// After all imports: some of them still assign to it while they load.
Object.freeze(Object.prototype)

port.on('message', (word: ToArchive) => {
  if (word.type === 'stop') void stop()
  else if (word.type === 'back') memory.back(word.memory)
  else void answer(word)
})
say({ type: 'ready' })

/** What speaks to a database is loaded only where there is one. */
async function start(orders: ArchiveOrders, note: Note): Promise<Keeper> {
  if ('folder' in orders) return Archive.start(orders, note, (ms) => say({ type: 'synced', ms }))
  const { DatabaseArchive } = await import('./archive/postgres/archive.ts')
  return DatabaseArchive.start(orders, note)
}

type Asked = Extract<ToArchive, { n: number }>

async function answer(word: Asked): Promise<void> {
  try {
    if (word.type === 'written') sayWritten(word.n, await archive.written(word))
    else say({ type: 'answer', n: word.n, value: await call(word) })
  } catch (error) {
    say({ type: 'refusal', n: word.n, code: codeOf(error), message: messageOf(error) })
  }
}

function codeOf(error: unknown): Refusal {
  if (error instanceof BadRequest) return 'bad_request'
  return error instanceof Fenced ? 'storage_fenced' : 'storage_failed'
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} ${error.cause.message}` : error.message
}

function call(word: Exclude<Asked, { type: 'written' }>): Promise<Calls[CallName]['gives']> {
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
    case 'bytes':
      return archive.bytes(word)
    case 'records':
      return archive.records(word)
    case 'put':
      return archive.put(word)
  }
}

/** The thread ends by itself once its port is closed: nothing else keeps it alive. */
async function stop(): Promise<void> {
  await archive.close()
  say({ type: 'stopped' })
  port?.close()
}

function sayWritten(n: number, text: string): void {
  const value = memory.written(text)
  port?.postMessage({ type: 'answer', n, value } satisfies FromArchive, [value.buffer])
}

function say(word: FromArchive): void {
  port?.postMessage(word)
}
