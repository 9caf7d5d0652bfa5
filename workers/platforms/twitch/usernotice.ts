import type { Draft } from '../../message.ts'
import { cleanName, safeUrl } from '../../text.ts'
import { authorOfLine } from './author.ts'
import { readEmotesTag } from './emotes.ts'
import { type IrcLine, trailingText } from './irc.ts'
import { wholeNumber } from './json.ts'
import { tierOf, whatOf } from './kinds.ts'
import { minorMoney } from './money.ts'
import { partsOf, unframeAction } from './parts.ts'
import type { NoticeDraft, Stamp } from './payload.ts'
import { sentenceFor } from './sentences.ts'

type Tags = IrcLine['tags']

/** USERNOTICE: subs, gifts, raids, announcements and whatever Twitch adds next. */
export function usernotice(line: IrcLine, stamp: Stamp): Draft {
  const { tags } = line
  const kind = kindOf(tags)
  const notice: NoticeDraft = { ...stamp, kind: 'notice', what: whatOf(kind), text: '' }
  const author = authorOfLine(line)
  if (author !== undefined) notice.author = author
  addFigures(notice, kind, tags)
  addWords(notice, line)
  if (kind === 'raid') addAvatar(notice, tags.get('msg-param-profileImageURL') ?? '')
  notice.text = sentenceFor(kind, tags.get('system-msg') ?? '', notice)
  return notice
}

/** A notice from another room of a shared chat names its real kind apart. */
function kindOf(tags: Tags): string {
  const kind = tags.get('msg-id') ?? ''
  return kind === 'sharedchatnotice' ? tags.get('source-msg-id') || kind : kind
}

/** Kind → the parameter that counts what it is about. */
const COUNTS = new Map([
  ['raid', 'msg-param-viewerCount'],
  ['submysterygift', 'msg-param-mass-gift-count'],
  ['anonsubmysterygift', 'msg-param-mass-gift-count'],
  ['bitsbadgetier', 'msg-param-threshold'],
  ['viewermilestone', 'msg-param-value'],
])
/** Kinds in which `months` is how long the author has been with the channel (in a gift it is the recipient). */
const LASTING = new Set(['sub', 'resub', 'extendsub', 'primepaidupgrade', 'modiversary'])

function addFigures(notice: NoticeDraft, kind: string, tags: Tags): void {
  const count = wholeNumber(tags.get(COUNTS.get(kind) ?? ''))
  if (count !== undefined) notice.count = count
  const months = LASTING.has(kind) ? monthsOf(tags) : 0
  if (months > 0) notice.months = months
  const tier = tierOf(tags.get('msg-param-sub-plan') ?? '')
  if (tier !== undefined) notice.tier = tier
  const recipient = recipientOf(tags)
  if (recipient !== '') notice.recipient = recipient
  const money = kind === 'charitydonation' ? donationOf(tags) : undefined
  if (money !== undefined) notice.money = money
}

function monthsOf(tags: Tags): number {
  return wholeNumber(tags.get('msg-param-cumulative-months')) ?? wholeNumber(tags.get('msg-param-months')) ?? 0
}

function recipientOf(tags: Tags): string {
  for (const key of ['display-name', 'user-name', 'name']) {
    const name = cleanName(tags.get(`msg-param-recipient-${key}`) ?? '', '')
    if (name !== '') return name
  }
  return ''
}

function donationOf(tags: Tags): NoticeDraft['money'] {
  return minorMoney('donation', {
    amount: tags.get('msg-param-donation-amount'),
    exponent: tags.get('msg-param-exponent'),
    currency: tags.get('msg-param-donation-currency'),
  })
}

function addWords(notice: NoticeDraft, line: IrcLine): void {
  const { text } = unframeAction(trailingText(line))
  if (text === '') return
  const parts = partsOf(text, readEmotesTag(line.tags.get('emotes') ?? ''))
  if (parts.length > 0) notice.parts = parts
}

/** A raid shows who comes; where the size is left open it is put in. */
export function addAvatar(notice: NoticeDraft, address: string): void {
  const avatar = safeUrl(address.replace('%s', '70x70'), ['static-cdn.jtvnw.net'])
  if (avatar !== undefined && notice.author !== undefined) notice.author.avatar = avatar
}
