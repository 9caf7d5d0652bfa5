import { Component, h } from 'preact'
import type { OverlaySettings } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import { shownMoney } from '../wanted.ts'
import type { Drawable, Message, Notice } from '../words.ts'
import { Badges, pill } from './badges.ts'
import { nameColor, platformColor } from './color.ts'
import { Mark } from './mark.ts'
import { shortened } from './name.ts'
import { rare } from './on-demand.ts'
import { Picture } from './picture.ts'
import { type Inside, tag } from './tag.ts'
import { isEmoteOnly, Text } from './text.ts'

/** One row. Its tree is public, as docs/themes.md lists it: streamers style it, so names stay as they are. */

export interface RowProps {
  event: Drawable
  about: About | undefined
  settings: OverlaySettings
  enters?: boolean
  leaves?: boolean
  featured?: boolean
  /** The same person's message stands right before it, and names them. */
  grouped?: boolean
}

/** Their sentence says it all. */
const WITHOUT_PILL: readonly Notice['what'][] = ['announcement', 'other']

/** All but `enters`, which is over when a row is drawn again. */
const TELLING = ['event', 'about', 'settings', 'leaves', 'featured', 'grouped'] as const

/** Drawn once: it is drawn again only where something of it changes. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return TELLING.some((name) => this.props[name] !== next[name])
  }

  override render(props: RowProps) {
    const { event } = props
    const inside = event.kind === 'message' ? drawMessage(event, props) : drawNotice(event, props)
    return tag('li', 'msg', attributes(props), ...inside)
  }
}

function attributes(props: RowProps) {
  const { event, about, settings, enters, leaves, featured, grouped } = props
  const own = 'what' in event ? noticeAttributes(event) : messageAttributes(event, settings)
  const money = shownMoney(event, settings)
  const shown: Attributes = { ...own, 'data-money': money?.kind, 'data-featured': mark(featured) }
  const isCard = CARDS.some((name) => shown[name] !== undefined)
  return {
    ...shown,
    'data-tier': money?.tier,
    'data-card': mark(isCard),
    'data-id': event.id,
    'data-platform': event.platform,
    'data-roles': roles(event, settings).join(' '),
    'data-simulated': mark(event.simulated),
    'data-grouped': mark(grouped),
    'data-enter': mark(enters),
    'data-leave': mark(leaves),
    style: {
      '--nc': event.author ? nameColor(event.author, about, settings, isCard) : '#ffffff',
      '--pc': platformColor(about),
    },
  }
}

type Attributes = Readonly<Record<string, string | undefined>>
/** What stands on a card of its own in every theme. */
const CARDS = ['data-what', 'data-money', 'data-highlighted', 'data-mentioned', 'data-first', 'data-featured'] as const

function messageAttributes(message: Message, settings: OverlaySettings): Attributes {
  return {
    'data-kind': message.reply ? 'reply' : 'chat',
    'data-action': mark(message.action),
    'data-first': mark(isFirst(message, settings)),
    'data-highlighted': mark(message.highlighted),
    'data-mentioned': mark(isMentioned(message.text, settings.highlightMentions)),
    'data-emote-only': mark(isEmoteOnly(message.parts)),
  }
}

const noticeAttributes = ({ what }: Notice): Attributes => ({
  'data-kind': what === 'announcement' ? 'announce' : 'event',
  'data-what': what,
})

/** Whether one of the words stands in the text as a word. */
function isMentioned(text: string, words: readonly string[]): boolean {
  return words.length > 0 && words.some((word) => spaced(text).includes(spaced(word)))
}

const spaced = (text: string) =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim()} `

function drawMessage(message: Message, props: RowProps): Inside[] {
  const { settings } = props
  const { author, action, reply, parts } = message
  const money = shownMoney(message, settings)
  const name = tag('bdi', 'name', null, shortened(author.name, settings.nameMax))
  return [
    reply && drawReply(reply, settings),
    tag(
      'span',
      'line',
      null,
      drawHead(
        message,
        props,
        h(Badges, { author, first: isFirst(message, settings), look: settings.showBadges, most: settings.maxBadges }),
        name,
        drawAmount(money),
      ),
      tag('span', 'sep', null, action || money || settings.separator !== 'colon' ? ' ' : ': '),
      h(Text, { parts, settings }),
    ),
  ]
}

function drawNotice(notice: Notice, props: RowProps): Inside[] {
  const { settings } = props
  const { what } = notice
  const pilled = settings.showBadges !== 'none' && !WITHOUT_PILL.includes(what)
  const words = notice.parts?.some((part) => part.text.trim() !== '') ? notice.parts : undefined
  return [
    tag(
      'span',
      'line',
      null,
      drawHead(notice, props, pilled && pill(what, what.toUpperCase())),
      tag('bdi', 'notice', null, ...sentence(notice, settings)),
      drawAmount(shownMoney(notice, settings)),
    ),
    words && tag('span', 'line cc-words', null, h(Text, { parts: words, settings })),
  ]
}

function drawHead({ at, author }: Drawable, { about, settings }: RowProps, ...more: Inside[]) {
  const { showTimestamps, showAvatars } = settings
  const time = showTimestamps !== 'none' && tag('time', 'time', null, rare()?.timeOfDay(at, showTimestamps))
  const face =
    showAvatars && h(Picture, { address: author?.avatar, alt: '', class: 'avatar', draw: (picture) => picture })
  return tag('span', 'head', null, time, h(Mark, { about, settings }), face, ...more)
}

function drawReply({ author, text }: NonNullable<Message['reply']>, { nameMax }: OverlaySettings) {
  return tag('span', 'reply', null, h('bdi', null, shortened(author, nameMax)), ' ', h('bdi', null, text))
}

const drawAmount = (money: ReturnType<typeof shownMoney>) => money && tag('span', 'amount', null, money.display)

/** The sentence, with the person's name coloured where it begins with it. */
function sentence({ text, author }: Notice, { nameMax }: OverlaySettings): Inside[] {
  const length = author?.name.length ?? 0
  if (!author || text.slice(0, length).toLowerCase() !== author.name.toLowerCase()) return [text]
  return [tag('bdi', 'name', null, shortened(author.name, nameMax)), text.slice(length)]
}

function roles(event: Drawable, settings: OverlaySettings): string[] {
  const own: string[] = event.author ? [...event.author.roles] : []
  return event.kind === 'message' && isFirst(event, settings) ? [...own, 'first'] : own
}

const isFirst = (message: Message, { highlightFirst }: OverlaySettings) => highlightFirst && message.first === true

/** An attribute that is there or not. */
const mark = (on: boolean | undefined) => (on ? '' : undefined)
