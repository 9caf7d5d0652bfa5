import { setTimeout as sleep } from 'node:timers/promises'
import { PING_EVERY_MS } from '../../../../server/channels/socket.ts'
import type { Kind } from '../kind.ts'
import { metricsOf } from '../metrics.ts'

const LOOK_AGAIN_MS = 500
/** A dead peer is found when it has not answered one ping by the next one; a busy machine may be late. */
const FREED_WITHIN_MS = 2 * PING_EVERY_MS + 30_000
const OVERLAYS = /^cc_overlays (\d+)$/m

export const pulledCable: Kind = {
  name: 'a cable is pulled',
  row: 'F16',
  weight: 0.5,
  async inject(scene) {
    // Whoever never reads answers no ping either, and would be taken for freed.
    for (const room of scene.rooms) room.unseatMute()
    const hitAt = performance.now()
    for (const { rough } of scene.rooms) rough.pull()
    // Each page finds it out, and so does the server; in between they are in twice.
    for (const room of scene.rooms) await room.probe()
    const due = scene.rooms.reduce((all, room) => all + room.seats, 0)
    while ((await overlays(scene.server.base)) !== due) {
      if (performance.now() - hitAt > FREED_WITHIN_MS) {
        scene.find(`${await overlays(scene.server.base)} overlays after ${FREED_WITHIN_MS / 1_000} s, and not ${due}`)
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
