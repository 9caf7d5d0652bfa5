import { filled, hashOf, idOf, instant, isObject, list, shaped, whole } from '../../foreign.ts'
import type { Author, Draft } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { line } from '../../words.ts'
import { authorOfResource } from './author.ts'
import {
  type Base,
  base,
  counted,
  kindName,
  memberSentence,
  message,
  notice,
  type Outcome,
  type Place,
  removal,
  removalOfAuthor,
  sentence,
} from './events.ts'
import { jewelsMoney, officialMoney } from './money.ts'
import type {
  AuthorDetails,
  BannedDetails,
  GiftingDetails,
  JewelsDetails,
  MilestoneDetails,
  PaidDetails,
  PollDetails,
  PollMetadata,
  PollOption,
  ReceivedDetails,
  RemovedDetails,
  Resource,
  Snippet,
  SponsorDetails,
  StickerMetadata,
  TextDetails,
} from './payload.ts'

/** One liveChatMessage of the official API, and what is read of it for every type. */
interface Entry {
  resource: Resource
  snippet: Snippet
  head: Base
  place: Place
  author: Author
  /** The platform's own sentence, or ''. */
  shown: string
}

type Turn = (entry: Entry) => Outcome

const REMOVALS: ReadonlyMap<unknown, Turn> = new Map([
  ['messageDeletedEvent', (entry) => removed(entry, detailsOfRemoval(entry).deletedMessageId)],
  ['messageRetractedEvent', (entry) => removed(entry, detailsOfRemoval(entry).retractedMessageId)],
  ['userBannedEvent', banned],
  // The placeholder of a message that has been removed keeps that message's id.
  ['tombstone', (entry) => removed(entry, entry.resource.id)],
])

const SHOWN: ReadonlyMap<unknown, Turn> = new Map([
  ['textMessageEvent', textMessage],
  ['superChatEvent', superChat],
  ['superStickerEvent', superSticker],
  ['newSponsorEvent', newSponsor],
  ['memberMilestoneChatEvent', milestone],
  ['membershipGiftingEvent', gifting],
  ['giftMembershipReceivedEvent', received],
  ['pollEvent', poll],
  ['giftEvent', jewels],
  ['chatEndedEvent', () => 'the chat has ended.'],
  ['sponsorOnlyModeStartedEvent', () => 'only members may write from now on.'],
  ['sponsorOnlyModeEndedEvent', () => 'everybody may write again.'],
  ['fanFundingEvent', () => 'Fan Funding has been closed since 2017.'],
])

/** A liveChatMessage resource as events. */
export function resourceEvents(value: unknown, place: Place): Outcome {
  const entry = opened(shaped<Resource>(value), place)
  const { type, hasDisplayContent } = entry.snippet
  const removal = REMOVALS.get(type)
  if (removal !== undefined) return removal(entry)
  if (hasDisplayContent === false) return `an event of the type "${kindName(type)}" has nothing to show.`
  return (SHOWN.get(type) ?? unknown)(entry)
}

function opened(resource: Resource, place: Place): Entry {
  const snippet = shaped<Snippet>(resource.snippet)
  const at = instant(snippet.publishedAt)
  const id = idOf(resource.id) ?? (at === undefined ? undefined : hashOf(resource)) ?? place.key
  const author = authorOfResource(resource, snippet)
  return { resource, snippet, head: base(id, at, place), place, author, shown: sentence(snippet.displayMessage) }
}

function removed({ resource, snippet, place }: Entry, target: unknown): Outcome {
  const id = idOf(target)
  if (id === undefined) return 'the removal does not name a message.'
  return [removal(id, idOf(resource.id), instant(snippet.publishedAt), place)]
}

function detailsOfRemoval({ snippet }: Entry): RemovedDetails {
  return shaped(snippet.messageDeletedDetails ?? snippet.messageRetractedDetails)
}

function banned({ snippet, head }: Entry): Outcome {
  const { bannedUserDetails } = shaped<BannedDetails>(snippet.userBannedDetails)
  const id = idOf(shaped<AuthorDetails>(bannedUserDetails).channelId)
  return id === undefined ? 'the ban does not name a user.' : [removalOfAuthor(head, id)]
}

function textMessage({ snippet, head, author }: Entry): Outcome {
  const { messageText } = shaped<TextDetails>(snippet.textMessageDetails)
  const text = typeof messageText === 'string' ? messageText : snippet.displayMessage
  return typeof text === 'string' ? message(head, author, line([text])) : 'the message has no text.'
}

function superChat({ snippet, head, author, shown }: Entry): Outcome {
  if (!isObject(snippet.superChatDetails)) return message(head, author, line([shown]))
  const details = shaped<PaidDetails>(snippet.superChatDetails)
  const comment = filled(details.userComment) ?? ''
  return message(head, author, line([comment]), officialMoney('superchat', details))
}

function superSticker({ snippet, head, author, shown }: Entry): Outcome {
  if (!isObject(snippet.superStickerDetails)) return message(head, author, line([shown]))
  const details = shaped<PaidDetails>(snippet.superStickerDetails)
  const { altText } = shaped<StickerMetadata>(details.superStickerMetadata)
  return message(head, author, line([filled(altText) ?? '']), officialMoney('sticker', details))
}

function newSponsor({ snippet, head, author, shown }: Entry): Outcome {
  const { memberLevelName, isUpgrade } = shaped<SponsorDetails>(snippet.newSponsorDetails)
  const text = shown || memberSentence(author.name, isUpgrade === true)
  return [notice(head, 'sub', text, { author, tier: level(memberLevelName) })]
}

// `displayMessage` of a milestone is the member's own words, not a sentence about it.
function milestone({ snippet, head, author, shown }: Entry): Outcome {
  const details = shaped<MilestoneDetails>(snippet.memberMilestoneChatDetails)
  const months = whole(details.memberMonth)
  const own = isObject(snippet.memberMilestoneChatDetails) ? (filled(details.userComment) ?? '') : shown
  const text = `${author.name} has been a member for ${months === undefined ? 'some time' : counted(months, 'month')}.`
  return [notice(head, 'resub', text, { author, months, tier: level(details.memberLevelName), parts: line([own]) })]
}

function gifting({ snippet, head, author, shown }: Entry): Outcome {
  const details = shaped<GiftingDetails>(snippet.membershipGiftingDetails)
  const count = whole(details.giftMembershipsCount)
  const text = `${author.name} gifted ${count === undefined ? 'memberships' : counted(count, 'membership')}.`
  return [notice(head, 'gift', shown || text, { author, count, tier: level(details.giftMembershipsLevelName) })]
}

function received({ snippet, head, author, shown }: Entry): Outcome {
  const { memberLevelName } = shaped<ReceivedDetails>(snippet.giftMembershipReceivedDetails)
  const text = shown || `${author.name} was gifted a membership.`
  return [notice(head, 'gift', text, { author, recipient: author.name, tier: level(memberLevelName) })]
}

function jewels({ snippet, head, author, shown }: Entry): Outcome {
  const details = shaped<JewelsDetails>(snippet.giftDetails)
  const money = jewelsMoney(whole(details.jewelsAmount) ?? 0)
  const combo = whole(details.comboCount) ?? 1
  const text = shown || `${author.name} sent ${cleanName(filled(details.giftName) ?? '', 'a gift')}`
  return [notice(head, 'gift', combo > 1 ? `${text} ×${combo}` : text, { author, money })]
}

/** Answers of a poll that are written out. */
const MAX_ANSWERS = 10

function poll({ snippet, head, author, shown }: Entry): Outcome {
  const { metadata, status } = shaped<PollDetails>(snippet.pollDetails)
  const { questionText, options } = shaped<PollMetadata>(metadata)
  const answers = list(options)
    .slice(0, MAX_ANSWERS)
    .map((option) => cleanName(filled(shaped<PollOption>(option).optionText) ?? ''))
  const question = sentence(questionText) || shown
  const text = `${status === 'closed' ? 'Poll closed' : 'Poll'}: ${question} ${answers.join(' / ')}`.trim()
  return [notice(head, 'other', text, { author })]
}

function unknown({ snippet, head, author, shown }: Entry): Draft[] {
  return [notice(head, 'other', shown || `YouTube sent an event of the type "${kindName(snippet.type)}".`, { author })]
}

function level(name: unknown): string | undefined {
  return filled(name) === undefined ? undefined : cleanName(String(name))
}
