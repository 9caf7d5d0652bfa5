import type { VNode } from 'preact'
import { Component, h } from 'preact'
import type { OverlaySettings } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import type { Drawable, Message, Notice } from '../words.ts'
import { Badges } from './badges.ts'
import { nameColor, platformColor } from './color.ts'
import { html } from './html.ts'
import { Mark } from './mark.ts'
import { shortName } from './name.ts'
import { isEmoteOnly, Text } from './text.ts'

/**
 * One row. Its tree is public: streamers style it from OBS's custom CSS box, so names stay as they are.
 *
 *   li.cc-msg[data-id][data-platform][data-kind=chat|reply|announce|event][data-roles="owner mod vip sub staff verified bot first"]
 *            style="--nc:#rrggbb;--pc:#rrggbb"                 name colour, platform colour
 *            [data-what=sub|resub|gift|raid|follow|announcement|milestone|reward|other]   rows that report something
 *            [data-money=bits|superchat|sticker|kicks|…]       rows that somebody paid for
 *            [data-action] [data-first] [data-highlighted] [data-emote-only] [data-simulated]
 *            [data-enter] [data-leave]                         while it comes and goes
 *     span.cc-reply                                            what is answered: name and words, one line
 *     span.cc-line                                             inline wrapper around head, separator and words
 *       span.cc-head > svg.cc-platform · i.cc-badge[data-badge=<role>|founder|first|<what>|…] · bdi.cc-name · span.cc-amount
 *       i.cc-badge[data-look=picture] > img, [data-look=sign] > svg   where badges are no words
 *       span.cc-sep                                            ": ", and a blank after /me and in reports
 *       bdi.cc-notice                                          what is reported, a whole sentence
 *       bdi.cc-text > img.cc-emote[data-provider] · span.cc-stack · span.cc-mention · span.cc-link · span.cc-cheer
 *
 * A row of `data-kind=event|announce` has a second span.cc-line.cc-words with the person's own words, if any.
 */

export interface RowProps {
  event: Drawable
  about: About | undefined
  settings: Pick<OverlaySettings, 'nameColor' | 'showBadges' | 'maxBadges'>
  enters?: boolean
  leaves?: boolean
}

const PILLS: Readonly<Partial<Record<Notice['what'], string>>> = {
  sub: 'SUB',
  resub: 'RESUB',
  gift: 'GIFT',
  raid: 'RAID',
  follow: 'FOLLOW',
  milestone: 'MILESTONE',
  reward: 'REWARD',
}

/** Drawn once: it is drawn again only for other settings, or to leave. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { event, about, settings, leaves } = this.props
    return event !== next.event || about !== next.about || settings !== next.settings || leaves !== next.leaves
  }

  override render(props: RowProps) {
    const { event } = props
    return html`<li class="cc-msg" ...${attributes(props)}>
      ${event.kind === 'message' ? drawMessage(event, props) : drawNotice(event, props)}
    </li>`
  }
}

function attributes({ event, about, settings, enters, leaves }: RowProps) {
  const name = event.author ? nameColor(event.author, about, settings.nameColor) : '#ffffff'
  return {
    ...('what' in event ? noticeAttributes(event) : messageAttributes(event)),
    'data-id': event.id,
    'data-platform': event.platform,
    'data-roles': roles(event).join(' '),
    'data-money': event.money?.kind,
    'data-simulated': mark(event.simulated),
    'data-enter': mark(enters),
    'data-leave': mark(leaves),
    style: { '--nc': name, '--pc': platformColor(about) },
  }
}

function messageAttributes(message: Message) {
  return {
    'data-kind': message.reply ? 'reply' : 'chat',
    'data-action': mark(message.action),
    'data-first': mark(message.first),
    'data-highlighted': mark(message.highlighted),
    'data-emote-only': mark(isEmoteOnly(message.parts)),
  }
}

function noticeAttributes(notice: Notice) {
  return { 'data-kind': notice.what === 'announcement' ? 'announce' : 'event', 'data-what': notice.what }
}

function drawMessage(message: Message, { about, settings }: RowProps) {
  const { author, action, reply, parts, money } = message
  return html`
    ${reply && html`<span class="cc-reply"><bdi>${shortName(reply.author)}</bdi> <bdi>${reply.text}</bdi></span>`}
    <span class="cc-line">
      <span class="cc-head">
        ${h(Mark, { about })}
        ${h(Badges, { author, first: message.first === true, look: settings.showBadges, most: settings.maxBadges })}
        <bdi class="cc-name">${shortName(author.name)}</bdi>
        ${money && html`<span class="cc-amount">${money.display}</span>`}
      </span>
      <span class="cc-sep">${action || money ? ' ' : ': '}</span>
      ${h(Text, { parts })}
    </span>`
}

function drawNotice(notice: Notice, { about, settings }: RowProps) {
  const pill = settings.showBadges === 'none' ? undefined : PILLS[notice.what]
  const words = notice.parts?.some((part) => part.text.trim() !== '') ? notice.parts : undefined
  return html`
    <span class="cc-line">
      <span class="cc-head">
        ${h(Mark, { about })}
        ${pill && html`<i class="cc-badge" data-badge=${notice.what}>${pill}</i>`}
      </span>
      <bdi class="cc-notice">${sentence(notice)}</bdi>
      ${notice.money && html`<span class="cc-amount">${notice.money.display}</span>`}
    </span>
    ${words && html`<span class="cc-line cc-words">${h(Text, { parts: words })}</span>`}`
}

/** The sentence, with the person's name coloured where it begins with it. */
function sentence({ text, author }: Notice): (string | VNode | VNode[])[] {
  if (!author || text.slice(0, author.name.length).toLowerCase() !== author.name.toLowerCase()) return [text]
  return [html`<bdi class="cc-name">${shortName(author.name)}</bdi>`, text.slice(author.name.length)]
}

function roles(event: Drawable): string[] {
  const own: string[] = event.author ? [...event.author.roles] : []
  return event.kind === 'message' && event.first ? [...own, 'first'] : own
}

/** An attribute that is there or not. */
const mark = (on: boolean | undefined) => (on ? '' : undefined)
