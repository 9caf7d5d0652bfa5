import { filled, hashOf, idOf, list, shaped, whole } from '../../foreign.ts'
import { cleanName } from '../../text.ts'
import { began, ended } from './broadcasts.ts'
import { socketChat } from './chat.ts'
import { base, type Outcome, type Place, removal, removalOfAuthor } from './events.ts'
import { gift, kicksGift, raid, redemption, subscription } from './notices.ts'
import type {
  Deleted,
  Host,
  Kicks,
  KicksSent,
  Livestream,
  SocketBan,
  SocketGift,
  SocketReward,
  SocketSubscription,
  WentLive,
} from './payload.ts'
import { person, personId } from './people.ts'

type Turn = (data: unknown, place: Place) => Outcome

const TWIN = () => 'another frame tells the same.'
const UNSHOWN = () => 'it changes nothing in the chat.'

/** Frames of the realtime socket by their event, less the prefix `App\Events\`. */
export const FRAMES: ReadonlyMap<string, Turn> = new Map<string, Turn>([
  ['ChatMessageEvent', socketChat],
  ['MessageDeletedEvent', deleted],
  ['UserBannedEvent', banned],
  ['ChatroomClearEvent', cleared],
  ['SubscriptionEvent', subscribed],
  ['GiftedSubscriptionsEvent', gifted],
  ['KicksGifted', kicksGifted],
  ['RewardRedeemedEvent', redeemed],
  ['StreamHostEvent', hosted],
  // One subscription comes as five frames, of which only SubscriptionEvent knows the months.
  ['ChannelSubscriptionEvent', TWIN],
  ['NewSubscriberUpdatedEvent', TWIN],
  ['NewActivityFeedEvent', TWIN],
  ['ChatMessageSentEvent', TWIN],
  ['StreamHostedEvent', TWIN],
  ['LuckyUsersWhoGotGiftSubscriptionsEvent', TWIN],
  ['ChatSettingsChanged', TWIN],
  ['ChatroomUpdatedEvent', UNSHOWN],
  ['ChatMoveToSupportedChannelEvent', UNSHOWN],
  ['GiftsLeaderboardUpdated', UNSHOWN],
  ['KicksLeaderboardUpdated', UNSHOWN],
  ['GoalProgressUpdateEvent', UNSHOWN],
  ['PinnedMessageCreatedEvent', UNSHOWN],
  ['PinnedMessageDeletedEvent', UNSHOWN],
  ['StreamerIsLive', wentLive],
  ['StopStreamBroadcast', (_, place) => ended(undefined, place)],
  ['UserUnbannedEvent', UNSHOWN],
])

function deleted(data: unknown, place: Place): Outcome {
  const { id, message } = shaped<Deleted>(data)
  const target = idOf(shaped<Deleted>(message).id)
  if (target === undefined) return 'the removal does not name a message.'
  return [removal(base({ id: id ?? `removed:${target}`, body: data }, place), target)]
}

function banned(data: unknown, place: Place): Outcome {
  const { id, user } = shaped<SocketBan>(data)
  const authorId = personId(user)
  if (authorId === undefined) return 'the ban does not name a user.'
  return [removalOfAuthor(base({ id, body: data }, place), authorId)]
}

function cleared(data: unknown, place: Place): Outcome {
  const { id } = shaped<Deleted>(data)
  return [{ ...base({ id, body: data }, place), kind: 'clear', by: 'platform' }]
}

function subscribed(data: unknown, place: Place): Outcome {
  const { months } = shaped<SocketSubscription>(data)
  return subscription(base({ body: data }, place), person(data), (whole(months) ?? 1) > 1, months)
}

/** A large gift comes in chunks under one `correlation_id`; each is its own event with its own part of the count. */
function gifted(data: unknown, place: Place): Outcome {
  const { correlation_id, gifted_usernames, gifter_username, gifted_total, chunk_details } = shaped<SocketGift>(data)
  const recipients = list(gifted_usernames).map((name) => cleanName(filled(name) ?? ''))
  const chunk = chunk_details === null || chunk_details === undefined ? undefined : hashOf(data)
  const correlation = idOf(correlation_id)
  const id = chunk === undefined || correlation === undefined ? correlation : `${correlation}:${chunk}`
  const total = chunk === undefined ? whole(gifted_total) : undefined
  const giver = filled(gifter_username) === undefined ? undefined : person({ username: gifter_username })
  return gift(base({ id, body: data }, place), giver, recipients, total ?? Math.max(recipients.length, 1))
}

function kicksGifted(data: unknown, place: Place): Outcome {
  const { gift_transaction_id: id, created_at: time, sender, gift, message } = shaped<KicksSent>(data)
  return kicksGift(base({ id, time, body: data }, place), person(sender), shaped<Kicks>(gift), message)
}

function redeemed(data: unknown, place: Place): Outcome {
  const { reward_title, user_input } = shaped<SocketReward>(data)
  return redemption(base({ body: data }, place), person(data), reward_title, user_input)
}

function hosted(data: unknown, place: Place): Outcome {
  const { host_username: username, number_viewers, optional_message } = shaped<Host>(data)
  return raid(base({ body: data }, place), person({ username }), number_viewers, optional_message)
}

function wentLive(data: unknown, place: Place): Outcome {
  const { created_at, session_title } = shaped<Livestream>(shaped<WentLive>(data).livestream)
  return began(created_at, session_title, place)
}
