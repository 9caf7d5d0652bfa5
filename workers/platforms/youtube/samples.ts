import { hash } from '../../foreign.ts'
import type { Role } from '../../message.ts'
import { BadPayload, type Pushed, type SampleFields, type SampleKind } from '../platform.ts'
import type { AuthorDetails, Resource, Snippet } from './payload.ts'
import { MESSAGE_KIND } from './payload.ts'

/** Simulated messages as resources of the official API. YouTube knows no colours of names. */

const MICROS = 1_000_000
/** US dollars from which a Super Chat is of tier 2, 3, … */
const TIERS_FROM = [2, 5, 10, 20, 50, 100]

type Details = (fields: SampleFields) => Partial<Snippet>

const SAMPLES: ReadonlyMap<SampleKind, Details> = new Map<SampleKind, Details>([
  ['message', textMessage],
  ['superchat', superChat],
  ['sub', newSponsor],
  ['resub', milestone],
  ['gift', gifting],
])

export const SAMPLE_KINDS: SampleKind[] = [...SAMPLES.keys()]

/** Throws BadPayload for a kind that YouTube does not have. */
export function sample(fields: SampleFields): Pushed {
  const details = SAMPLES.get(fields.kind)
  if (details === undefined) throw new BadPayload(0, `YouTube has no sample of the kind "${fields.kind}".`)
  const author = authorDetails(fields)
  const snippet = {
    liveChatId: 'simulated',
    authorChannelId: author.channelId,
    publishedAt: new Date(fields.at).toISOString(),
    hasDisplayContent: true,
    ...details(fields),
  }
  const resource: Resource = { kind: MESSAGE_KIND, id: fields.id, snippet, authorDetails: author }
  return { body: JSON.stringify(resource), headers: { 'content-type': 'application/json' } }
}

function authorDetails({ name, roles }: SampleFields): AuthorDetails {
  const has = (role: Role) => roles.includes(role)
  return {
    channelId: `UC${hash(name.toLowerCase())}`,
    displayName: name,
    profileImageUrl: '',
    isVerified: has('verified'),
    isChatOwner: has('owner'),
    isChatSponsor: has('sub'),
    isChatModerator: has('mod'),
  }
}

function textMessage({ text }: SampleFields): Partial<Snippet> {
  return { type: 'textMessageEvent', displayMessage: text, textMessageDetails: { messageText: text } }
}

function superChat({ name, text, amount = 5 }: SampleFields): Partial<Snippet> {
  const display = `$${amount.toFixed(2)}`
  return {
    type: 'superChatEvent',
    displayMessage: text === '' ? `${display} from ${name}` : `${display} from ${name}: "${text}"`,
    superChatDetails: {
      amountMicros: String(Math.round(amount * MICROS)),
      currency: 'USD',
      amountDisplayString: display,
      userComment: text,
      tier: 1 + TIERS_FROM.filter((from) => amount >= from).length,
    },
  }
}

function newSponsor({ name }: SampleFields): Partial<Snippet> {
  return {
    type: 'newSponsorEvent',
    displayMessage: `${name} just became a member!`,
    newSponsorDetails: { memberLevelName: 'Member', isUpgrade: false },
  }
}

function milestone({ text, amount = 6 }: SampleFields): Partial<Snippet> {
  return {
    type: 'memberMilestoneChatEvent',
    displayMessage: text,
    memberMilestoneChatDetails: { memberMonth: Math.round(amount), memberLevelName: 'Member', userComment: text },
  }
}

function gifting({ name, amount = 5 }: SampleFields): Partial<Snippet> {
  const count = Math.round(amount)
  return {
    type: 'membershipGiftingEvent',
    displayMessage: `${name} gifted ${count} ${count === 1 ? 'membership' : 'memberships'}`,
    membershipGiftingDetails: { giftMembershipsCount: count, giftMembershipsLevelName: 'Member' },
  }
}
