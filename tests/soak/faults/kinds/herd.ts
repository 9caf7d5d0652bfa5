import type { Kind } from '../kind.ts'

/** Overlays that come back in the same moment, over all channels. */
const HERD = 240

export const herd = (size = HERD): Kind => ({
  name: 'all overlays come back at once',
  row: 'F14',
  weight: 1,
  async inject({ rooms, server }) {
    const each = Array.from({ length: Math.ceil(size / rooms.length) })
    const guests = await Promise.all(rooms.flatMap((room) => each.map(() => room.enter())))
    for (const guest of guests) guest.leave()
    const hitAt = performance.now()
    await Promise.all(guests.map((guest) => guest.comeBack(server.base)))
    return hitAt
  },
})
