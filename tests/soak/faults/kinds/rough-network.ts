import { setTimeout as sleep } from 'node:timers/promises'
import { pick } from '../../../../workers/random.ts'
import type { RoughProxy } from '../../../help/rough-proxy.ts'
import type { Kind } from '../kind.ts'

const LONGEST_MS = 4_000
const DELAY_MS = 300
const PIECE_BYTES = 7

type Act = (proxy: RoughProxy) => unknown

const ACTS: readonly [Act, ...Act[]] = [
  (proxy) => Object.assign(proxy, { frozen: true }),
  (proxy) => proxy.reset(),
  (proxy) => proxy.halfClose('client'),
  (proxy) => proxy.halfClose('server'),
  (proxy) => Object.assign(proxy, { delayMs: DELAY_MS }),
  (proxy) => Object.assign(proxy, { pieces: PIECE_BYTES }),
]

export const roughNetwork: Kind = {
  name: 'a network that freezes, resets, half-closes, delays or splits',
  row: 'F13',
  weight: 3,
  async inject({ rooms, random }) {
    for (const { rough } of rooms) pick(random, ACTS)(rough)
    await sleep(random() * LONGEST_MS)
    for (const { rough } of rooms) Object.assign(rough, { frozen: false, delayMs: 0, pieces: null })
    return performance.now()
  },
}
