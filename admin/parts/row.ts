import {
  BadgeCheck,
  Bookmark,
  EyeOff,
  FlaskConical,
  Gift,
  Heart,
  type IconNode,
  Info,
  Megaphone,
  Milestone,
  Reply as ReplyIcon,
  Sparkles,
  Star,
  Users,
} from 'lucide'
import { type ComponentChild, h } from 'preact'
import type { About } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { machineTime, timeOfDay } from '../state/format.ts'
import type { Ink } from '../state/ink.ts'
import type { Author, Clear, Message, Notice } from '../state/model.ts'
import { hiddenBecause } from '../state/rules.ts'
import { Badges } from './badges.ts'
import { Icon } from './icon.ts'
import { Mark } from './mark.ts'
import { memo } from './memo.ts'
import { RowActions, type RowDesk } from './row-actions.ts'
import { Words } from './words.ts'

export interface RowProps {
  n: number
  event: Message | Notice | Clear
  removedBy: 'platform' | 'panel' | undefined
  about: About | undefined
  ink: (color: string | undefined, seed: string) => Ink
  /** Without it the row is only to be read. */
  desk?: RowDesk
  /** Who hid it, and when. */
  who?: string | null
  /** Somebody marked it to be found again. */
  moment?: boolean
  /** Hidden with all that its author wrote. */
  withAuthor?: true | undefined
  featured?: boolean
}

/** One line of the feed or of a transcript. Rows are drawn once and then stand still. */
export const Row = memo<RowProps>((props) => {
  const { n, event } = props
  if (event.kind === 'clear') return h(Divider, { n, text: cleared(event, props.about), at: event.at })
  const reason = reasonOf(props)
  return html`
    <div
      class="row"
      id=${`row-${n}`}
      tabindex="-1"
      data-kind=${event.kind}
      data-moment=${props.moment ? '' : undefined}
      data-struck=${reason === null ? undefined : ''}
      data-highlighted=${event.kind === 'message' && event.highlighted ? '' : undefined}
      style=${{ '--line-dark': props.about?.ink.dark, '--line-light': props.about?.ink.light }}
    >
      <time datetime=${machineTime(event.at)}>${timeOfDay(event.at)}</time>
      ${props.moment && html`<span class="row-moment" role="img" aria-label=${t('Marked as a moment')}>${h(Icon, { icon: Bookmark, size: 13 })}</span>`}
      ${h(Mark, { id: event.platform, about: props.about })}
      <div class="row-body">
        ${event.kind === 'message' ? said(event, props) : noticed(event, props)}
        ${reason !== null && html`<span class="reason">${h(Icon, { icon: EyeOff, size: 14 })}${reason}</span>`}
      </div>
      ${props.desk?.hands && h(RowActions, { n, event, desk: props.desk, hands: props.desk.hands, ...standing(props) })}
    </div>
  `
})

function standing({ featured = false, removedBy, withAuthor }: RowProps) {
  return { featured, removedBy, withAuthor }
}

function said(event: Message, props: RowProps): View {
  return html`
    ${
      event.reply &&
      html`
      <p class="reply">${h(Icon, { icon: ReplyIcon, size: 14 })}<span><bdi>${event.reply.author}</bdi>: <bdi>${event.reply.text}</bdi></span></p>
    `
    }
    <p class="said" data-action=${event.action ? '' : undefined}>
      ${head(event.author, props, event)}${h(Words, { parts: event.parts })}
    </p>
  `
}

function head(author: Author, { ink, n, desk }: RowProps, event: Message | Notice): View {
  const colors = ink(author.color, author.id)
  const first = event.kind === 'message' && event.first === true
  const colon = event.kind === 'message' && event.action ? ' ' : ': '
  return html`
    <span class="head">
      ${event.kind === 'message' && event.simulated && h(Flask, {})}
      ${Badges({ author, first })}${event.money && html`<span class="money">${event.money.display}</span>`}
      ${name(author.name, { '--name-dark': colors.dark, '--name-light': colors.light }, desk && (() => desk.person(n)))}${colon}
    </span>
  `
}

function name(text: string, style: Record<string, string>, open: (() => void) | undefined): View {
  const written = html`<bdi class="name" style=${style}>${text}</bdi>`
  if (open === undefined) return written
  return html`<button type="button" class="name-button" tabindex="-1" title=${t('Who wrote this')} onClick=${open}>${written}</button>`
}

function Flask(_: object): View {
  return html`<span class="flask" role="img" aria-label=${t('Simulated')} title=${t('Simulated')}>${h(Icon, { icon: FlaskConical, size: 14 })}</span>`
}

function noticed(event: Notice, props: RowProps): View {
  return html`
    <p class="notice">
      ${h(Icon, { icon: NOTICE_ICONS[event.what] ?? Info, size: 16 })}
      ${event.simulated && h(Flask, {})}
      <bdi>${sentence(event)}</bdi>
      ${event.money && !event.parts && html`<span class="money">${event.money.display}</span>`}
    </p>
    ${
      event.parts &&
      html`
      <p class="said">${event.author && head(event.author, props, event)}${h(Words, { parts: event.parts })}</p>
    `
    }
  `
}

/** A name at its beginning has a direction of its own, and does not turn the whole sentence round. */
function sentence({ text, author }: Notice): ComponentChild {
  const written = author?.name ?? ''
  return written !== '' && text.startsWith(written) ? html`<bdi>${written}</bdi>${text.slice(written.length)}` : text
}

const NOTICE_ICONS: Record<Notice['what'], IconNode> = {
  sub: Star,
  resub: BadgeCheck,
  gift: Gift,
  raid: Users,
  follow: Heart,
  announcement: Megaphone,
  milestone: Milestone,
  reward: Sparkles,
  other: Info,
}

/** Why a row is struck, or null when it stands. */
function reasonOf({ event, removedBy, about, who }: RowProps): string | null {
  if (removedBy === 'panel') return who ? t('Hidden by {who}', { who }) : t('Hidden by a moderator')
  if (removedBy === 'platform') return t('Removed on {platform}', { platform: about?.label ?? event.platform })
  return event.hidden === undefined ? null : hiddenBecause(event.hidden)
}

function Divider({ n, text, at }: { n: number; text: string; at: number }): View {
  return html`
    <div class="divider" id=${`row-${n}`} tabindex="-1">
      <span>${text} <time datetime=${machineTime(at)}>${timeOfDay(at)}</time></span>
    </div>
  `
}

function cleared(event: Clear, about: About | undefined): string {
  if (event.by === 'stream') return t('A stream started. Overlays were cleared.')
  if (event.by === 'panel') return t('Cleared from the panel.')
  return t('{platform} cleared its chat.', { platform: about?.label ?? event.platform })
}
