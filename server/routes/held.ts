import { HELD, KEEP_HELD_MS, MAX_HELD, type Message, type Notice } from '../../workers/message.ts'
import { HeldAnswer } from '../answers/moderation.ts'
import { ProducedAnswer } from '../answers/stream.ts'
import { HeldQuery, type HeldView } from '../api/moderation.ts'
import type { ProducedView } from '../api/sources.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { noteDeed } from './moderation-log.ts'
import { producedView } from './producers.ts'
import { release, removal } from './removals.ts'
import { type Callers, type Route, route } from './route.ts'

/** What waits for a moderator. */
export function held(house: House): Route[] {
  const { line } = house
  return [
    route(
      {
        method: 'GET',
        path: '/api/moderation/held',
        live: true,
        who: 'moderate',
        least: 'moderator',
        does: 'Lists what waits for a moderator, oldest first.',
        gives: HeldAnswer,
        query: HeldQuery,
      },
      ({ caller, query }): HeldView => {
        const { id } = caller.channel
        const items = house.held.list(id, query.limit).map(view)
        return { items, count: house.held.count(id).count, max: MAX_HELD, keepMs: KEEP_HELD_MS }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/held/:id/release',
        who: 'moderate',
        least: 'moderator',
        does: 'Puts a held message on air, once; 409 held_decided where somebody was faster.',
        gives: ProducedAnswer,
        fails: ['held_decided', 'panic_on', 'queue_full'],
        status: 202,
        rate: 'change',
      },
      ({ caller, params }): Promise<ProducedView> => {
        if (house.stage.of(caller.channel.id).panic) throw new CrossChatError('panic_on')
        return decided(house, caller, params.id ?? '', 'release', (event) =>
          line.event(caller.channel.id, release(event, house.held.turn(caller.channel.id, event.id))),
        )
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/held/:id/refuse',
        who: 'moderate',
        least: 'moderator',
        does: 'Drops a held message from the queue; it stays hidden. `unhide` puts it back into the queue.',
        gives: ProducedAnswer,
        fails: ['held_decided', 'queue_full'],
        status: 202,
        rate: 'change',
      },
      ({ caller, params }): Promise<ProducedView> =>
        decided(house, caller, params.id ?? '', 'refuse', ({ id, platform }) =>
          line.event(caller.channel.id, removal({ platform, target: { id } })),
        ),
    ),
  ]
}

/** The first decision about a message counts; one that could not be carried out leaves it where it was. */
async function decided(
  house: House,
  caller: Callers['moderate'],
  id: string,
  what: 'release' | 'refuse',
  act: (event: Message | Notice) => ReturnType<House['line']['event']>,
): Promise<ProducedView> {
  const event = house.held.decide(caller.channel.id, id)
  const receipt = await act(event).catch((error: unknown) => {
    house.held.giveBack(caller.channel.id, id)
    throw error
  })
  await noteDeed(house, caller, { what, target: { id }, event })
  return producedView(receipt)
}

function view(event: Message | Notice): HeldView['items'][number] {
  return { event, rule: event.hidden?.slice(HELD.length) ?? '', since: event.receivedAt }
}
