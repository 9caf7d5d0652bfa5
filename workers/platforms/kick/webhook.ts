import { idOf, list, shaped } from '../../foreign.ts'
import { began, ended } from './broadcasts.ts'
import { webhookChat } from './chat.ts'
import { base, type Outcome, type Place, removal, removalOfAuthor } from './events.ts'
import { follow, gift, kicksGift, redemption, subscription } from './notices.ts'
import type {
  BanMetadata,
  Banned,
  Followed,
  Gifted,
  Kicks,
  KicksSent,
  LiveStatus,
  Redeemed,
  Reward,
  Subscribed,
} from './payload.ts'
import { person, personId } from './people.ts'

type Turn = (body: unknown, place: Place) => Outcome

/** Official webhooks by the value of the header Kick-Event-Type. There is none for deleted messages or a cleared chat. */
export const WEBHOOKS: ReadonlyMap<string, Turn> = new Map<string, Turn>([
  ['chat.message.sent', webhookChat],
  ['channel.followed', followed],
  ['channel.subscription.new', (body, place) => subscribed(body, place, false)],
  ['channel.subscription.renewal', (body, place) => subscribed(body, place, true)],
  ['channel.subscription.gifts', gifted],
  ['channel.reward.redemption.updated', redeemed],
  ['kicks.gifted', kicksGifted],
  ['moderation.banned', banned],
  ['livestream.status.updated', wentOnOrOff],
  ['livestream.metadata.updated', () => 'title or category of the stream changed.'],
])

function followed(body: unknown, place: Place): Outcome {
  return follow(base({ body }, place), person(shaped<Followed>(body).follower))
}

function subscribed(body: unknown, place: Place, again: boolean): Outcome {
  const { subscriber, duration, created_at: time } = shaped<Subscribed>(body)
  return subscription(base({ time, body }, place), person(subscriber), again, duration)
}

/** `is_anonymous` may be false for a giver whose every field is null. */
function gifted(body: unknown, place: Place): Outcome {
  const { gifter, giftees, created_at: time } = shaped<Gifted>(body)
  const giver = personId(gifter) === undefined ? undefined : person(gifter)
  const recipients = list(giftees).map((giftee) => person(giftee).name)
  return gift(base({ time, body }, place), giver, recipients, Math.max(recipients.length, 1))
}

/** A redemption comes again under its own id when the streamer accepts it, which shows nothing new, or rejects it. */
function redeemed(body: unknown, place: Place): Outcome {
  const { id, redeemed_at: time, status, redeemer, reward, user_input } = shaped<Redeemed>(body)
  if (status === 'rejected') return rejected(id, body, place)
  return redemption(base({ id, time, body }, place), person(redeemer), shaped<Reward>(reward).title, user_input)
}

/** `redeemed_at` is when it was redeemed, not when it was rejected. */
function rejected(id: unknown, body: unknown, place: Place): Outcome {
  const target = idOf(id)
  return target === undefined ? 'the refusal does not name a redemption.' : [removal(base({ id, body }, place), target)]
}

function kicksGifted(body: unknown, place: Place): Outcome {
  const { sender, gift, created_at: time } = shaped<KicksSent>(body)
  const sent = shaped<Kicks>(gift)
  return kicksGift(base({ time, body }, place), person(sender), sent, sent.message)
}

function banned(body: unknown, place: Place): Outcome {
  const { banned_user, metadata } = shaped<Banned>(body)
  const id = personId(banned_user)
  if (id === undefined) return 'the ban does not name a user.'
  return [removalOfAuthor(base({ time: shaped<BanMetadata>(metadata).created_at, body }, place), id)]
}

function wentOnOrOff(body: unknown, place: Place): Outcome {
  const { is_live, title, started_at, ended_at } = shaped<LiveStatus>(body)
  if (is_live === true) return began(started_at, title, place)
  if (is_live === false) return ended(ended_at, place)
  return 'it does not say whether the stream is live.'
}
