import { hash, idOf, isObject, list, shaped, whole } from '../../foreign.ts'
import type { Author, Part } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { authorOfItem, hasAuthor } from './author.ts'
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
} from './events.ts'
import { picture } from './images.ts'
import { jewelsMoney, shownMoney } from './money.ts'
import type { Accessibility, GiftHeader, Images, Item, Label, Run, Text } from './payload.ts'
import { parts, plain } from './runs.ts'

/** The items of innertube's chat: one renderer each. */

interface Entry {
  item: Item
  head: Base
  author: Author
}

type Turn = (entry: Entry) => Outcome

const RENDERERS: ReadonlyMap<string, Turn> = new Map([
  ['liveChatTextMessageRenderer', textMessage],
  ['liveChatPaidMessageRenderer', paidMessage],
  ['liveChatPaidStickerRenderer', paidSticker],
  ['liveChatMembershipItemRenderer', membership],
  ['liveChatLegacyPaidMessageRenderer', legacyMember],
  ['liveChatSponsorshipsGiftPurchaseAnnouncementRenderer', giftPurchase],
  ['liveChatSponsorshipsGiftRedemptionAnnouncementRenderer', giftRedemption],
  ['giftMessageViewModel', jewels],
  ['liveChatDonationAnnouncementRenderer', donation],
  ['liveChatViewerEngagementMessageRenderer', platformLine],
  ['liveChatModeChangeMessageRenderer', platformLine],
])

/** Stands where a message may come later, or where one has been. */
export const PLACEHOLDER = 'liveChatPlaceholderItemRenderer'
const IS_ITEM = /(Renderer|ViewModel)$/
/** In a millisecond. */
const MICROSECONDS = 1_000

/** The renderer's name and its fields; nothing where the item holds no renderer. */
export function openItem(value: unknown): { name: string; item: Item } | undefined {
  if (!isObject(value)) return undefined
  const found = Object.entries(value).filter(([, fields]) => isObject(fields))
  const [name, item] = found.find(([name]) => RENDERERS.has(name)) ?? found.find(([name]) => IS_ITEM.test(name)) ?? []
  return name === undefined ? undefined : { name, item: shaped<Item>(item) }
}

/** A chat item as events. */
export function itemEvents(value: unknown, place: Place): Outcome {
  const opened = openItem(value)
  if (opened === undefined) return 'the action holds no chat item.'
  const { name, item } = opened
  const id = idOf(item.id)
  if (name === PLACEHOLDER) return 'a placeholder has nothing to show.'
  if (id === undefined) return `the ${kindName(name)} has no id.`
  const entry = { item, head: base(id, timeOf(item), place), author: authorOfItem(item) }
  return (RENDERERS.get(name) ?? ((entry) => unknown(entry, name)))(entry)
}

function timeOf(item: Item): number | undefined {
  const micros = whole(item.timestampUsec)
  return micros === undefined || micros < MICROSECONDS ? undefined : Math.floor(micros / MICROSECONDS)
}

function textMessage({ item, head, author }: Entry): Outcome {
  const own = parts(item.message)
  return own === undefined ? 'the message has no text.' : message(head, author, own)
}

function paidMessage({ item, head, author }: Entry): Outcome {
  const money = shownMoney('superchat', plain(item.purchaseAmountText), item.bodyBackgroundColor)
  return message(head, author, parts(item.message) ?? [], money)
}

function paidSticker({ item, head, author }: Entry): Outcome {
  const money = shownMoney('sticker', plain(item.purchaseAmountText), item.moneyChipBackgroundColor)
  return message(head, author, sticker(item.sticker), money)
}

function sticker(images: unknown): Part[] {
  const { accessibilityData } = shaped<Accessibility>(shaped<Images>(images).accessibility)
  const { label } = shaped<Label>(accessibilityData)
  const url = picture(images)
  const text = cleanName(typeof label === 'string' ? label : '', ':sticker:')
  return url === undefined
    ? [{ type: 'text', text }]
    : [{ type: 'emote', text, id: hash(url), provider: 'youtube', url }]
}

/** With `headerPrimaryText` ("Member for 6 months") a milestone, without it a new member or one of another level. */
function membership(entry: Entry): Outcome {
  const { item, head, author } = entry
  const since = plain(item.headerPrimaryText)
  const own = parts(item.message) ?? []
  if (since === '') return joined(entry, own)
  const months = numberIn(since)
  const text =
    months === undefined
      ? `${author.name}: ${since}`
      : `${author.name} has been a member for ${counted(months, 'month')}.`
  return [notice(head, 'resub', text, { author, months, tier: plain(item.headerSubtext) || undefined, parts: own })]
}

/** `headerSubtext` is "Welcome to Friend!", "Upgraded membership to Friend!" or, without a level, "New member". */
function joined({ item, head, author }: Entry, own: Part[]): Outcome {
  const [, how, level] = JOINED.exec(plain(item.headerSubtext)) ?? []
  const text = memberSentence(author.name, how === 'Upgraded membership')
  return [notice(head, 'sub', text, { author, tier: level && cleanName(level), parts: own })]
}
const JOINED = /^(Welcome|Upgraded membership) to (.+?)!?$/

function legacyMember({ item, head, author }: Entry): Outcome {
  const text = `${plain(item.eventText)} ${plain(item.detailText)}`.trim()
  return [notice(head, 'sub', text || memberSentence(author.name), { author })]
}

/** The giver's name and the count stand in the header. */
function giftPurchase({ item, head }: Entry): Outcome {
  const header = shaped<Item>(shaped<GiftHeader>(item.header).liveChatSponsorshipsHeaderRenderer)
  const author = authorOfItem({ ...item, ...header })
  const count = numberIn(plain(header.primaryText))
  const what = count === undefined ? 'memberships' : counted(count, 'membership')
  return [notice(head, 'gift', `${author.name} gifted ${what}.`, { author, count })]
}

/** The author is the one who receives. */
function giftRedemption({ item, head, author }: Entry): Outcome {
  const text = `${author.name} ${plain(item.message) || 'was gifted a membership.'}`
  return [notice(head, 'gift', text, { author, recipient: author.name })]
}

/** The words go on from the giver's name: "sent Girl power for 50 Jewels". */
function jewels({ item, head, author }: Entry): Outcome {
  const words = plain(item.text) || 'sent a gift'
  const amount = whole(FOR_JEWELS.exec(words)?.[1]?.replaceAll(',', ''))
  const money = amount === undefined ? undefined : jewelsMoney(amount)
  return [notice(head, 'gift', `${author.name} ${words}`, { author, money })]
}
const FOR_JEWELS = /\bfor (\d[\d,]{0,12}) Jewels?\b/i

function donation({ item, head }: Entry): Outcome {
  const runs = list(shaped<Text>(item.text).runs).map((run) => shaped<Run>(run).text)
  const amount = runs.find((text): text is string => typeof text === 'string' && AMOUNT.test(text))
  const money = amount === undefined ? undefined : shownMoney('donation', amount)
  return [notice(head, 'other', `${plain(item.text)} ${plain(item.subtext)}`.trim() || 'Somebody donated.', { money })]
}
const AMOUNT = /^\s*(\p{Sc}|\p{L}{1,3}\p{Sc}?)?\s?\d[\d.,\s]{0,20}\s?(\p{Sc}|\p{L}{1,3})?\s*$/u

function platformLine({ item, head }: Entry): Outcome {
  const text = [plain(item.message), plain(item.text), plain(item.subtext)].filter((text) => text !== '').join('. ')
  return text === '' ? 'the notice has no text.' : [notice(head, 'other', text)]
}

/** An item of a kind that is new to us is shown by whatever words it has. */
function unknown({ item, head, author }: Entry, name: string): Outcome {
  const words = Object.entries(item).map(([field, text]) => (NOT_WORDS.has(field) ? '' : plain(text)))
  const text = [plain(item.message), plain(item.text), ...words].find((text) => text !== '')
  const extras = hasAuthor(item) ? { author } : {}
  return [notice(head, 'other', text ?? `YouTube sent an item of the kind "${kindName(name)}".`, extras)]
}

const NOT_WORDS = new Set(['authorName', 'timestampText'])

function numberIn(text: string): number | undefined {
  return whole(/\d{1,6}/.exec(text)?.[0])
}
