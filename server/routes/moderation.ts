import { ProducedAnswer } from '../answers/stream.ts'
import { HideBody } from '../api/moderation.ts'
import type { ProducedView } from '../api/sources.ts'
import type { House } from '../house.ts'
import { noteDeed } from './moderation-log.ts'
import { showAgain } from './people.ts'
import { producedView } from './producers.ts'
import { clearing, removal, restoration, targetsOf, together } from './removals.ts'
import { type Route, route } from './route.ts'

/** What a moderator takes off the air, and gives back. */
export function moderation(house: House): Route[] {
  const { line, hub } = house
  const known = () => line.platforms().map(({ id }) => id)
  return [
    route(
      {
        method: 'POST',
        path: '/api/moderation/hide',
        who: 'moderate',
        least: 'moderator',
        does: 'Takes one message, or all that one person has written so far, off the air.',
        example: { id: 'twitch:00000000-0000-4000-8000-000000000001' },
        gives: ProducedAnswer,
        fails: ['unknown_platform', 'queue_full'],
        body: HideBody,
        status: 202,
        rate: 'change',
      },
      async ({ caller, body }): Promise<ProducedView> => {
        const { id } = caller.channel
        const targets = targetsOf(body, known())
        const receipts = await Promise.all(targets.map((target) => line.event(id, removal(target))))
        // After the removal what it took away is just what a restore would give back.
        const gone = targets.flatMap(({ platform, target }) => hub.restorable(id, platform, target))
        await noteDeed(house, caller, { what: 'hide', target: body, event: gone.at(-1) })
        return producedView(together(receipts))
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/unhide',
        who: 'moderate',
        least: 'moderator',
        does: 'Takes a hide back, of a person who is listed as hidden, too. What the overlays had just lost comes back to its place.',
        example: { id: 'twitch:00000000-0000-4000-8000-000000000001' },
        gives: ProducedAnswer,
        fails: ['unknown_platform', 'queue_full'],
        body: HideBody,
        status: 202,
        rate: 'change',
      },
      async ({ caller, body }): Promise<ProducedView> => {
        const { id } = caller.channel
        const targets = targetsOf(body, known())
        await showAgain(house, id, targets)
        const back = targets.flatMap(({ platform, target }) => hub.restorable(id, platform, target))
        const receipts = await Promise.all(targets.map((target) => line.event(id, restoration(target))))
        await noteDeed(house, caller, { what: 'unhide', target: body, event: back.at(-1) })
        return producedView(together(receipts))
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/clear',
        who: 'moderate',
        least: 'moderator',
        does: 'Empties the picture of every overlay; the transcript keeps all of it.',
        gives: ProducedAnswer,
        fails: ['queue_full'],
        status: 202,
        rate: 'change',
      },
      async ({ caller }): Promise<ProducedView> => {
        const receipt = await line.event(caller.channel.id, clearing())
        await noteDeed(house, caller, { what: 'clear' })
        return producedView(receipt)
      },
    ),
  ]
}
