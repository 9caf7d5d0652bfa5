import { setTimeout as sleep } from 'node:timers/promises'
import { PING_EVERY_MS } from '../../../../server/channels/socket.ts'
import type { ChatRoom } from '../chat-room.ts'
import type { Kind } from '../kind.ts'
import { metricsOf } from '../metrics.ts'

const LOOK_AGAIN_MS = 500
/** A dead peer is found when it has not answered one ping by the next one; a busy machine may be late. */
const FREED_WITHIN_MS = 2 * PING_EVERY_MS + 30_000
/** A page on the event stream looks once a minute whether sockets work by now. */
const SOCKETS_WITHIN_MS = 120_000
/** Docks among them. */
const CONNECTED = /^cc_sockets (\d+)$/m

export const pulledCable: Kind = {
  name: 'a cable is pulled',
  row: 'F16',
  weight: 0.5,
  async inject(scene) {
    // On the event stream nobody answers a ping: a dead reader is found there by TCP, which takes its time.
    await within(SOCKETS_WITHIN_MS, () => allOnSockets(scene.rooms))
    // Whoever never reads answers no ping either, and would be taken for freed.
    for (const room of scene.rooms) room.unseatMute()
    const hitAt = performance.now()
    for (const { rough } of scene.rooms) rough.pull()
    // Each page finds it out, and so does the server; in between they are in twice.
    for (const room of scene.rooms) await room.probe()
    const due = scene.rooms.reduce((all, room) => all + room.seats, 0)
    const left = hitAt + FREED_WITHIN_MS - performance.now()
    const freed = await within(left, async () => (await connected(scene.server.base)) === due)
    const after = `${Math.round((performance.now() - hitAt) / 1_000)} s after a cable was pulled`
    if (!freed) scene.find(`${await connected(scene.server.base)} are connected ${after}, and not ${due}`)
    return hitAt
  },
}

async function allOnSockets(rooms: readonly ChatRoom[]): Promise<boolean> {
  for (const room of rooms) if (!(await room.onSockets())) return false
  return true
}

/** Looks once at least. */
async function within(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + ms
  for (;;) {
    if (await holds()) return true
    if (performance.now() > until) return false
    await sleep(LOOK_AGAIN_MS)
  }
}

async function connected(base: string): Promise<number> {
  return Number(CONNECTED.exec(await metricsOf(base))?.[1])
}
