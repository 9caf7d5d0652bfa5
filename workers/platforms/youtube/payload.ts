import type { Foreign } from '../../foreign.ts'

/** YouTube's own naming. Every field may be absent or of another type. */

// The official API: developers.google.com/youtube/v3/live/docs/liveChatMessages

export const MESSAGE_KIND = 'youtube#liveChatMessage'
export const LIST_KIND = 'youtube#liveChatMessageListResponse'

export type ListAnswer = Foreign<'kind' | 'items' | 'activePollItem' | 'offlineAt'>
export type Resource = Foreign<'kind' | 'id' | 'snippet' | 'authorDetails'>
export type Snippet = Foreign<
  | 'type'
  | 'authorChannelId'
  | 'publishedAt'
  | 'hasDisplayContent'
  | 'displayMessage'
  | 'textMessageDetails'
  | 'superChatDetails'
  | 'superStickerDetails'
  | 'newSponsorDetails'
  | 'memberMilestoneChatDetails'
  | 'membershipGiftingDetails'
  | 'giftMembershipReceivedDetails'
  | 'messageDeletedDetails'
  | 'messageRetractedDetails'
  | 'userBannedDetails'
  | 'pollDetails'
  | 'giftDetails'
>
export type AuthorDetails = Foreign<
  'channelId' | 'displayName' | 'profileImageUrl' | 'isVerified' | 'isChatOwner' | 'isChatSponsor' | 'isChatModerator'
>
export type TextDetails = Foreign<'messageText'>
/** `amountMicros` is a string of digits, in millionths of the currency's unit. */
export type PaidDetails = Foreign<
  'amountMicros' | 'currency' | 'amountDisplayString' | 'tier' | 'userComment' | 'superStickerMetadata'
>
export type StickerMetadata = Foreign<'altText'>
export type SponsorDetails = Foreign<'memberLevelName' | 'isUpgrade'>
export type MilestoneDetails = Foreign<'memberMonth' | 'memberLevelName' | 'userComment'>
export type GiftingDetails = Foreign<'giftMembershipsCount' | 'giftMembershipsLevelName'>
export type ReceivedDetails = Foreign<'memberLevelName'>
export type RemovedDetails = Foreign<'deletedMessageId' | 'retractedMessageId'>
export type BannedDetails = Foreign<'bannedUserDetails'>
export type PollDetails = Foreign<'metadata' | 'status'>
export type PollMetadata = Foreign<'questionText' | 'options'>
export type PollOption = Foreign<'optionText'>
export type JewelsDetails = Foreign<'giftName' | 'jewelsAmount' | 'comboCount'>

// The web page's own interface ("innertube"): undocumented, seen in recorded answers.

export type Answer = Foreign<'continuationContents' | 'contents' | 'responseContext'>
export type Contents = Foreign<'liveChatContinuation' | 'liveChatRenderer'>
export type Continuation = Foreign<'actions'>
export type AddItem = Foreign<'item'>
export type Target = Foreign<'targetItemId' | 'externalChannelId'>
export type Replace = Foreign<'targetItemId' | 'replacementItem'>
export type Replay = Foreign<'actions'>
/** The fields of all chat item renderers together. `timestampUsec` is in microseconds, a string or a number. */
export type Item = Foreign<
  | 'id'
  | 'timestampUsec'
  | 'authorName'
  | 'authorExternalChannelId'
  | 'authorPhoto'
  | 'authorBadges'
  | 'message'
  | 'purchaseAmountText'
  | 'bodyBackgroundColor'
  | 'moneyChipBackgroundColor'
  | 'sticker'
  | 'header'
  | 'headerPrimaryText'
  | 'headerSubtext'
  | 'primaryText'
  | 'text'
  | 'subtext'
  | 'eventText'
  | 'detailText'
>
export type GiftHeader = Foreign<'liveChatSponsorshipsHeaderRenderer'>
export type AuthorBadge = Foreign<'liveChatAuthorBadgeRenderer'>
export type AuthorBadgeRenderer = Foreign<'icon' | 'customThumbnail' | 'tooltip'>
export type Icon = Foreign<'iconType'>
export type Images = Foreign<'thumbnails' | 'accessibility'>
export type Image = Foreign<'url' | 'width'>
/** A text is either one string or a row of runs; view models write `content`. */
export type Text = Foreign<'simpleText' | 'runs' | 'content'>
export type Run = Foreign<'text' | 'emoji' | 'navigationEndpoint'>
/** Of a standard emoji `emojiId` is the character itself. */
export type Emoji = Foreign<'emojiId' | 'shortcuts' | 'image' | 'isCustomEmoji'>
export type Endpoint = Foreign<'urlEndpoint'>
export type UrlEndpoint = Foreign<'url'>
export type Accessibility = Foreign<'accessibilityData'>
export type Label = Foreign<'label'>
