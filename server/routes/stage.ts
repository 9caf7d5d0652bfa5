import type { Message, Notice } from '../../workers/message.ts'
import { StageAnswer } from '../answers/moderation.ts'
import { FeatureBody, PanicBody, SlowBody, type StageView } from '../api/moderation.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { findEvent } from './find-event.ts'
import { noteDeed } from './moderation-log.ts'
import { clearing } from './removals.ts'
import { type Route, route } from './route.ts'

/** What stands on the picture besides the chat. */
export function stage(house: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/moderation/feature',
        who: 'moderate',
        least: 'moderator',
        does: 'Shows one message large on the overlays; null takes it down.',
        example: { id: 'twitch:00000000-0000-4000-8000-000000000001' },
        gives: StageAnswer,
        fails: ['not_found', 'hidden_message', 'panic_on'],
        body: FeatureBody,
        rate: 'change',
      },
      async ({ caller, body }): Promise<StageView> => {
        const { id: channelId } = caller.channel
        const before = house.stage.of(channelId).featured
        if (body.id === null) {
          if (before !== null) await unfeature(house, caller, before.id)
          return house.stage.of(channelId)
        }
        const event = await featurable(house, channelId, body.id)
        if (house.stage.of(channelId).panic) throw new CrossChatError('panic_on')
        await house.stage.feature(channelId, event)
        await noteDeed(house, caller, { what: 'feature', target: { id: event.id }, event })
        return house.stage.of(channelId)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/panic',
        who: 'moderate',
        least: 'moderator',
        does: 'Empties every overlay at once and keeps it empty, or ends that. Panel, docks and archive go on.',
        example: { on: true },
        gives: StageAnswer,
        fails: ['queue_full'],
        body: PanicBody,
        rate: 'change',
      },
      async ({ caller, body }): Promise<StageView> => {
        const { id: channelId } = caller.channel
        if (house.stage.of(channelId).panic === body.on) return house.stage.of(channelId)
        if (body.on) await beginPanic(house, channelId)
        else await endPanic(house, channelId)
        await noteDeed(house, caller, { what: body.on ? 'panic' : 'calm' })
        return house.stage.of(channelId)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/slow',
        who: 'moderate',
        least: 'moderator',
        does: 'Slows every overlay down to a message a second, or ends that. Panel, docks and archive have all of them.',
        example: { on: true },
        gives: StageAnswer,
        body: SlowBody,
        rate: 'change',
      },
      async ({ caller, body }): Promise<StageView> => {
        const { id: channelId } = caller.channel
        if (house.stage.of(channelId).slow === body.on) return house.stage.of(channelId)
        await house.stage.slow(channelId, body.on)
        await noteDeed(house, caller, { what: body.on ? 'slow' : 'unslow' })
        return house.stage.of(channelId)
      },
    ),
  ]
}

type Caller = Parameters<typeof noteDeed>[1]

async function unfeature(house: House, caller: Caller, id: string): Promise<void> {
  await house.stage.feature(caller.channel.id, null)
  await noteDeed(house, caller, { what: 'unfeature', target: { id } })
}

async function beginPanic({ stage: hands }: House, channelId: string): Promise<void> {
  await hands.panic(channelId, true)
  if (hands.of(channelId).featured !== null) await hands.feature(channelId, null)
}

/** What came meanwhile is cleared first, so that no overlay that comes back later draws it as something it missed. */
async function endPanic({ stage: hands, line }: House, channelId: string): Promise<void> {
  await line.event(channelId, clearing())
  await hands.panic(channelId, false)
}

/** A message of this channel that is to be seen: of the replay window, or of the live stream. Throws not_found, hidden_message. */
async function featurable(house: House, channelId: string, id: string): Promise<Message | Notice> {
  const found = await findEvent(house, channelId, id)
  if (found === null) throw new CrossChatError('not_found')
  if (found.gone || found.event.hidden !== undefined) throw new CrossChatError('hidden_message')
  return found.event
}
