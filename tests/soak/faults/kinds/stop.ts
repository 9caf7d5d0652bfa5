import { setTimeout as sleep } from 'node:timers/promises'
import type { Kind } from '../kind.ts'

const LONGEST_MS = 5_000

export const stop: Kind = {
  name: 'the process stands still',
  row: 'F5',
  weight: 2,
  async inject({ server, random }) {
    server.child.kill('SIGSTOP')
    await sleep(random() * LONGEST_MS)
    server.child.kill('SIGCONT')
    return performance.now()
  },
}
