import { setTimeout as sleep } from 'node:timers/promises'
import { PING_EVERY_MS } from '../../../../server/channels/socket.ts'
import type { Kind } from '../kind.ts'
import { metricsOf } from '../metrics.ts'

const LOOK_AGAIN_MS = 500
/** A dead peer is found when it has not answered one ping by the next one; a busy machine may be late. */
const FREED_WITHIN_MS = 2 * PING_EVERY_MS + 10_000
const OVERLAYS = /^cc_overlays (\d+)$/m

export const pulledCable: Kind = {
  name: 'a cable is pulled',
  row: 'F16',
  weight: 0.5,
  async inject(scene) {
    const before = await overlays(scene.server.base)
    const hitAt = performance.now()
    for (const { rough } of scene.rooms) rough.pull()
    // Each page finds it out, and so does the server; in between they are in twice.
    for (const room of scene.rooms) await room.probe()
    while ((await overlays(scene.server.base)) !== before) {
      if (performance.now() - hitAt > FREED_WITHIN_MS) {
        scene.find(`dead overlays still stand after ${FREED_WITHIN_MS / 1_000} s`)
        break
      }
      await sleep(LOOK_AGAIN_MS)
    }
    return hitAt
  },
}

async function overlays(base: string): Promise<number> {
  return Number(OVERLAYS.exec(await metricsOf(base))?.[1])
}
