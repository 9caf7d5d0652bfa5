import type { Foreign } from '../../foreign.ts'

/** Kick's own naming. Every field may be absent, null or of another type. */

/** A webhook's body with its type, which on the wire stands in the header Kick-Event-Type. */
export type Delivery = Foreign<'type' | 'body'>
/** A frame of the realtime socket; `data` is JSON in a string, or the value itself. */
export type Frame = Foreign<'event' | 'data' | 'channel'>
/** How Centrifugo wraps a frame. */
export type Wrapped = Foreign<'push'>
export type Push = Foreign<'channel' | 'pub' | 'unsubscribe' | 'disconnect'>
export type Publication = Foreign<'data'>

/** What answers at the address of the public key. */
export type KeyAnswer = Foreign<'data' | 'public_key'>

// Webhooks, all of version 1: docs.kick.com/events/event-types

/** What every body says: whose channel it is about. */
export type Signed = Foreign<'broadcaster'>
export type Metadata = Foreign<'metadata'>
/** Subs, gifts and Kicks; they have no id. */
export type Timed = Foreign<'created_at'>
export type User = Foreign<
  'is_anonymous' | 'user_id' | 'username' | 'is_verified' | 'profile_picture' | 'channel_slug' | 'identity'
>
export type Identity = Foreign<'username_color' | 'color' | 'badges' | 'badges_v2'>
export type Badge = Foreign<'type' | 'text' | 'count'>
export type ChatSent = Foreign<'message_id' | 'replies_to' | 'sender' | 'content' | 'created_at'>
export type RepliesTo = Foreign<'message_id' | 'content' | 'sender'>
export type Followed = Foreign<'follower'>
/** `duration` counts months. */
export type Subscribed = Foreign<'subscriber' | 'duration' | 'created_at'>
export type Gifted = Foreign<'gifter' | 'giftees' | 'created_at'>
export type Redeemed = Foreign<'id' | 'user_input' | 'status' | 'redeemed_at' | 'reward' | 'redeemer'>
export type Reward = Foreign<'title'>
export type Banned = Foreign<'banned_user' | 'metadata'>
export type BanMetadata = Foreign<'created_at'>
export type KicksSent = Foreign<'gift_transaction_id' | 'sender' | 'gift' | 'message' | 'created_at'>
export type Kicks = Foreign<'amount' | 'name' | 'message'>
export type LiveStatus = Foreign<'is_live' | 'title' | 'started_at' | 'ended_at'>

// Around the realtime socket: what looks channels up, negotiates, and both protocols' own words.

export type ChannelAnswer = Foreign<'id' | 'user_id' | 'slug' | 'user' | 'chatroom'>
export type ChannelUser = Foreign<'username' | 'profile_pic'>
export type Negotiated = Foreign<'data' | 'connections'>
export type Connection = Foreign<'provider' | 'credentials'>
export type Credentials = Foreign<'url' | 'app_key' | 'cluster'>
export type TokenAnswer = Foreign<'data' | 'token'>
export type Established = Foreign<'activity_timeout'>
export type PusherError = Foreign<'code' | 'message'>
export type Reply = Foreign<'id' | 'error' | 'push' | 'connect' | 'refresh'>
export type Connected = Foreign<'ping' | 'ttl' | 'expires'>
export type CentrifugoError = Foreign<'code' | 'message' | 'reason'>

// The realtime socket: undocumented, shapes of real traffic.

export type SocketUser = Foreign<'id' | 'username' | 'slug' | 'identity' | 'username_color' | 'profile_picture'>
export type SocketBadge = Foreign<'name' | 'image_url' | 'metadata' | 'selected'>
export type BadgeMetadata = Foreign<'level'>
export type SocketChat = Foreign<'id' | 'content' | 'type' | 'created_at' | 'sender' | 'metadata'>
export type ChatMetadata = Foreign<'original_sender' | 'original_message' | 'celebration'>
export type Celebration = Foreign<'type' | 'total_months'>
export type OriginalMessage = Foreign<'id' | 'content'>
export type Deleted = Foreign<'id' | 'message'>
export type SocketBan = Foreign<'id' | 'user' | 'expires_at'>
export type SocketSubscription = Foreign<'username' | 'months'>
export type SocketGift = Foreign<
  'correlation_id' | 'gifted_usernames' | 'gifter_username' | 'gifted_total' | 'chunk_details'
>
export type SocketReward = Foreign<'reward_title' | 'user_id' | 'username' | 'user_input'>
export type Host = Foreign<'optional_message' | 'number_viewers' | 'host_username'>
export type WentLive = Foreign<'livestream'>
export type Livestream = Foreign<'created_at' | 'session_title'>
