import { parentPort } from 'node:worker_threads'
import bcrypt from 'bcryptjs'
import { goLast } from './background.ts'

/** The hashing thread: one task after the other, so that no sign-in ever holds up a chat. */
export type PasswordTask =
  | { id: number; type: 'hash'; text: string; cost: number }
  | { id: number; type: 'compare'; text: string; hash: string }
export type PasswordDone = { id: number; result: string | boolean } | { id: number; failed: string }

/** So many more that wait are one. */
const CROWD = 4

function perform(task: PasswordTask): PasswordDone {
  try {
    const result =
      task.type === 'hash' ? bcrypt.hashSync(task.text, task.cost) : bcrypt.compareSync(task.text, task.hash)
    return { id: task.id, result }
  } catch (error) {
    return { id: task.id, failed: error instanceof Error ? error.message : 'hashing failed' }
  }
}

const waiting: PasswordTask[] = []
let busy = false

/** Where a crowd waits it rests for as long as it worked: who guesses passwords by the dozen is not given a core. */
function next(): void {
  const task = waiting.shift()
  busy = task !== undefined
  if (task === undefined) return
  const began = performance.now()
  parentPort?.postMessage(perform(task))
  setTimeout(next, waiting.length >= CROWD ? performance.now() - began : 0)
}

// A sign-in may take its time: what is on air may not.
goLast()
parentPort?.on('message', (task: PasswordTask) => {
  waiting.push(task)
  if (!busy) next()
})
