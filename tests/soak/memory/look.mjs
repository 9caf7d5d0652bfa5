import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'

/**
 * Read before the server, in each of its threads: says over the process's own channel what each thread's heap holds, as it is or after a
 * collection. The product has no door for that.
 */

/** How long the main thread waits for the others' answers, ms. One that hashes a password says nothing meanwhile. */
const ANSWER_WITHIN_MS = 1_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const threads = new BroadcastChannel('look')
threads.unref()

const name = isMainThread ? 'main' : (/([a-z]+)\.worker\.js$/.exec(process.argv[1])?.[1] ?? 'thread')

function own(collected) {
  if (collected) collect()
  const { heapUsed, external } = process.memoryUsage()
  return { name, heap: heapUsed, external }
}

if (isMainThread && process.send !== undefined) {
  process.on('message', ({ collected }) => {
    const heaps = [own(collected)]
    threads.onmessage = ({ data }) => {
      if (data.heap !== undefined) heaps.push(data)
    }
    threads.postMessage({ collected })
    setTimeout(() => process.send({ heaps }), ANSWER_WITHIN_MS).unref()
  })
  process.channel.unref()
} else if (!isMainThread) {
  threads.onmessage = ({ data }) => {
    if (data.heap === undefined) threads.postMessage(own(data.collected))
  }
}
