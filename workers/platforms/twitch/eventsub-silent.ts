import { cleanName } from '../../text.ts'

/**
 * EventSub types that are never shown, and why. Private families are listed by their beginning, so that a new member of one
 * stays private too; a type that is in no table at all is told about.
 */
const PRIVATE = [
  'automod.',
  'channel.chat.user_message_hold',
  'channel.chat.user_message_update',
  'channel.suspicious_user.',
  'channel.unban_request.',
  'channel.warning.',
  'conduit.',
  'drop.',
  'extension.',
  'user.',
]

const NOT_CHAT = [
  'channel.ad_break.',
  'channel.channel_points_automatic_reward.',
  'channel.channel_points_custom_reward.',
  'channel.charity_campaign.',
  'channel.chat_settings.',
  'channel.goal.',
  'channel.guest_star_',
  'channel.hype_train.',
  'channel.moderator.',
  'channel.poll.',
  'channel.prediction.',
  'channel.shared_chat.',
  'channel.shield_mode.',
  'channel.shoutout.',
  'channel.subscription.end',
  'channel.unban',
  'channel.update',
  'channel.vip.',
  'stream.offline',
  'stream.online',
]

/** Types whose news comes as a chat message as well. */
const TWICE = ['channel.channel_points_automatic_reward_redemption.']

export function silentReason(type: string): string | undefined {
  const name = cleanName(type)
  if (PRIVATE.some((start) => within(type, start))) return `${name} is for moderators or private and never shown.`
  if (NOT_CHAT.some((start) => within(type, start))) return `${name} is news of the channel, not chat.`
  if (TWICE.some((start) => within(type, start))) return `${name} comes as a chat message as well.`
  return undefined
}

/** A name that ends in `.` or `_` stands for all that begin with it, any other for itself. */
function within(type: string, name: string): boolean {
  return /[._]$/.test(name) ? type.startsWith(name) : type === name
}
