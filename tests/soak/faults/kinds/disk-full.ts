import { setTimeout as sleep } from 'node:timers/promises'
import type { Kind } from '../kind.ts'

const LONGEST_MS = 4_000

export const diskFull: Kind = {
  name: 'the disk is full',
  row: 'F8',
  weight: 2,
  async inject({ ground, random }) {
    await ground.fill()
    await sleep(random() * LONGEST_MS)
    await ground.clear()
    return performance.now()
  },
}
