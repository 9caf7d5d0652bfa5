import { pick } from '../../../../workers/random.ts'
import { ircLine } from '../../../help/panel.ts'
import { CHANNEL } from '../../../simulation/plan.ts'
import { UNKEPT } from '../../../simulation/sender.ts'
import type { ChatRoom } from '../chat-room.ts'
import type { Kind } from '../kind.ts'

/** Requests at once, and lines of each. */
const REQUESTS = 6
const LINES = 300
let bursts = 0

export const burst: Kind = {
  name: 'one channel is flooded',
  row: 'F26',
  weight: 1,
  async inject({ rooms, random }) {
    const [first, ...others] = rooms
    if (first === undefined) throw new Error('The scene has no channel.')
    const room = pick(random, [first, ...others])
    const by = `${room.name}-burst-${++bursts}`
    await Promise.all(Array.from({ length: REQUESTS }, (_, nth) => push(room, `${by}-${nth}`)))
    return performance.now()
  },
}

/** Each request is a sender of its own: between them there is no order. */
async function push(room: ChatRoom, by: string): Promise<void> {
  const sent = Array.from({ length: LINES }, (_, nth) => ({
    id: `twitch:${by}-${nth}`,
    by,
    nth,
    taken: false,
    ...UNKEPT,
  }))
  room.sent.push(...sent)
  const body = sent.map(({ nth }) => ircLine(`${by}-${nth}`, `all at once ${'x'.repeat(100)}`)).join('\r\n')
  const { line } = room.door()
  for (let taken = false; !taken; ) {
    taken = await line.push(CHANNEL, 'twitch', body, {}).then(
      ({ accepted, archived }) => {
        const fresh = new Set(accepted.map(({ id }) => id))
        for (const each of sent) {
          each.taken = true
          if (fresh.has(each.id)) each.archived = archived
          else each.archivedAgain = archived
        }
        return true
      },
      () => false,
    )
  }
}
