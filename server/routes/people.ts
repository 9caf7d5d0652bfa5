import { PeopleAnswer, PersonAnswer } from '../answers/moderation.ts'
import { HidePersonBody, NoteBody, type PeopleView, type PersonView } from '../api/moderation.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { type HiddenPerson, MAX_PEOPLE } from '../stores/moderation.ts'
import { noteDeed } from './moderation-log.ts'
import { removal, restoration, type Target, targetsOf } from './removals.ts'
import { type Route, route } from './route.ts'

/** People who are hidden, whatever they write, on the platform where they write. */
export function people(house: House): Route[] {
  const { stores, line } = house
  const known = () => line.platforms().map(({ id }) => id)
  return [
    route(
      {
        method: 'GET',
        path: '/api/moderation/people',
        who: 'moderate',
        least: 'moderator',
        does: 'Lists the people who are hidden, newest first.',
        gives: PeopleAnswer,
      },
      async ({ caller }): Promise<PeopleView> => {
        const items = await stores.people.byChannel(caller.channel.id)
        return { items: items.map(view), max: MAX_PEOPLE }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/people',
        who: 'moderate',
        least: 'moderator',
        does: 'Hides a person, for good or for a time: what they have written leaves the picture, what they write from now on never reaches it.',
        example: { platform: 'twitch', authorId: '41', name: 'Noodle_Knight' },
        gives: PersonAnswer,
        fails: ['unknown_platform', 'list_full', 'queue_full', 'no_stream'],
        body: HidePersonBody,
        status: 201,
        rate: 'change',
      },
      async ({ caller, body }): Promise<PersonView> => {
        const { channel, hand } = caller
        const { platform, authorId, name = authorId, note = '', lasts } = body
        const [target] = targetsOf({ platform, authorId }, known())
        const bounds = await boundsOf(house, channel.id, lasts)
        const person = { channelId: channel.id, platform, authorId, name, note, at: Date.now(), by: hand, ...bounds }
        const listed = await stores.people.add(person)
        // In this order: what comes after the removal has met the rule.
        await tellPeople(house, channel.id)
        if (target !== undefined) await line.event(channel.id, removal(target))
        await noteDeed(house, caller, { what: 'hidePerson', target: { platform, authorId }, author: listed.name })
        return view(listed)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/people/note',
        who: 'moderate',
        least: 'moderator',
        does: 'Notes something about a person who is hidden.',
        example: { platform: 'twitch', authorId: '41', note: 'Sells viewers.' },
        gives: PersonAnswer,
        fails: ['not_found'],
        body: NoteBody,
        rate: 'change',
      },
      async ({ caller, body }): Promise<PersonView> => {
        const { platform, authorId, note } = body
        const person = await stores.people.note(caller.channel.id, platform, authorId, note)
        if (person === null) throw new CrossChatError('not_found')
        return view(person)
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/people/show',
        who: 'moderate',
        least: 'moderator',
        does: 'Shows a person again. What the overlays had just lost comes back to its place.',
        example: { platform: 'twitch', authorId: '41' },
        gives: null,
        fails: ['not_found', 'queue_full'],
        body: HidePersonBody.pick({ platform: true, authorId: true }),
        rate: 'change',
      },
      async ({ caller, body }): Promise<void> => {
        const { channel } = caller
        const { platform, authorId } = body
        const target = { platform, target: { authorId } }
        const [person] = await showAgain(house, channel.id, [target])
        if (person === undefined) throw new CrossChatError('not_found')
        await line.event(channel.id, restoration(target))
        await noteDeed(house, caller, { what: 'showPerson', target: { platform, authorId }, author: person.name })
      },
    ),
  ]
}

/** Takes off the list whoever of them is on it, and gives them. */
export async function showAgain(house: House, channelId: string, targets: readonly Target[]): Promise<HiddenPerson[]> {
  const shown: HiddenPerson[] = []
  for (const { platform, target } of targets) {
    const person = 'authorId' in target && (await house.stores.people.remove(channelId, platform, target.authorId))
    if (person) shown.push(person)
  }
  if (shown.length > 0) await tellPeople(house, channelId)
  return shown
}

/** The line hears who is hidden now. */
export async function tellPeople({ stores, line }: Pick<House, 'stores' | 'line'>, channelId: string): Promise<void> {
  const listed = await stores.people.byChannel(channelId)
  await line.rulesChanged(channelId, { people: listed.map(({ platform, authorId }) => ({ platform, authorId })) })
}

type Bounds = { until: number | null; streamId: string | null }

async function boundsOf({ stores }: House, channelId: string, lasts: number | 'stream' | undefined): Promise<Bounds> {
  if (lasts === undefined) return { until: null, streamId: null }
  if (lasts !== 'stream') return { until: Date.now() + lasts * 1_000, streamId: null }
  const stream = await stores.streams.liveOf(channelId)
  if (stream === null) throw new CrossChatError('no_stream')
  return { until: null, streamId: stream.id }
}

function view({ id: _, channelId: __, by, until = null, streamId = null, ...person }: HiddenPerson): PersonView {
  return { ...person, by: { kind: by.kind, name: by.name }, until: streamId === null ? until : 'stream' }
}
