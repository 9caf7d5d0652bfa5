import type { House } from '../house.ts'
import type { HiddenPerson } from '../stores/moderation.ts'
import { noteDeed } from './moderation-log.ts'
import { tellPeople } from './people.ts'

const BY_ITSELF = { kind: 'time', id: '', name: 'CrossChat' } as const

/** The time is up for which somebody was hidden. */
export async function lifted(
  house: Pick<House, 'stores' | 'line' | 'log' | 'hub' | 'webhooks'>,
  { channelId, platform, authorId, name }: HiddenPerson,
): Promise<void> {
  await tellPeople(house, channelId)
  const channel = await house.stores.channels.byId(channelId)
  if (channel === null) return
  const target = { platform, authorId }
  await noteDeed(house, { channel, hand: BY_ITSELF }, { what: 'showPerson', target, author: name })
}
