import { parentPort } from 'node:worker_threads'
import { twitch } from '../../workers/platforms/twitch/index.ts'

/** The thread of the seed's shape: native lines in, one object a message out. */

const HEADERS = { 'content-type': 'text/plain' }
let seq = 0

parentPort?.on('message', (body: string) => {
  const context = { receivedAt: Date.now(), delivery: `${seq}` }
  for (const payload of twitch.read(body, HEADERS)) {
    for (const draft of twitch.normalise(payload, context).events) parentPort?.postMessage({ seq: ++seq, ...draft })
  }
})
