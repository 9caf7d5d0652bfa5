import type { VNode } from 'preact'
import { Component, h } from 'preact'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'
import type { About } from '../../../server/protocol.ts'
import { Badges } from '../../parts/badges.ts'
import { nameColor } from '../../parts/color.ts'
import { html } from '../../parts/html.ts'
import { Mark } from '../../parts/mark.ts'
import { shortened } from '../../parts/name.ts'
import { Text } from '../../parts/text.ts'
import type { Author, Drawable, Message, Notice } from '../../words.ts'
import type { Hands } from '../desk.ts'
import { feature, hide, hidePerson, undo } from '../desk.ts'
import type { DockRow } from '../state.ts'
import { reasonOf } from '../words.ts'
import { Button } from './button.ts'

export interface RowProps {
  row: DockRow
  about: About | undefined
  badges: 'text' | 'none'
  featured: boolean
  /** Null where the dock may only read. */
  hands: Hands | null
}

const MAX_BADGES = 3
/** A moderator sees where a link goes. */
const LOOK = { ...DEFAULT_SETTINGS, hideLinks: 'show' } as const

/** One message. Drawn once, and again when something is done to it. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { row, about, featured, hands } = this.props
    return row !== next.row || about !== next.about || featured !== next.featured || hands !== next.hands
  }

  override render(props: RowProps) {
    const { row, about, featured, hands } = props
    const { event, hidden } = row
    const label = about?.label ?? event.platform
    return html`<li class="row" tabindex="-1" data-id=${event.id} data-hidden=${hidden ?? undefined}
      data-featured=${featured ? '' : undefined}>
      ${h(Mark, { about })}
      <div class="said">
        ${event.simulated && html`<i class="cc-badge">TEST</i>`}
        ${event.kind === 'message' ? said(event, props) : noticed(event, props)}
        ${hidden !== null && html`<span class="reason">${reasonOf(hidden, label)}</span>`}
      </div>
      ${hands && h(Actions, { row, featured, hands })}
    </li>`
  }
}

/** The words of a message without its actions, for the bar of what is featured. */
export function Words({ event, about }: { event: Drawable; about: About | undefined }) {
  const bare = { row: { event, hidden: null }, about, badges: 'none', featured: false, hands: null } as const
  return event.kind === 'message' ? said(event, bare) : noticed(event, bare)
}

function said(message: Message, { about, badges }: RowProps): VNode | VNode[] {
  const { author, action, first, money, parts } = message
  return html`
    <span class="head">
      ${h(Badges, { author, first: first === true, look: badges, most: MAX_BADGES })}
      ${h(Name, { author, about })}
      ${money && html` <span class="money">${money.display}</span>`}
    </span>${action || money ? ' ' : ': '}
    ${h(Text, { parts, settings: LOOK })}`
}

function noticed({ text, author, parts, money }: Notice, { about }: RowProps): VNode | VNode[] {
  return html`
    <bdi class="notice">${sentence(text, author)}</bdi>
    ${money && html` <span class="money">${money.display}</span>`}
    ${parts && html`<span class="own">${author && [h(Name, { author, about }), ': ']}${h(Text, { parts, settings: LOOK })}</span>`}`
}

/** A name at its beginning has a direction of its own, and does not turn the whole sentence round. */
function sentence(text: string, author: Author | undefined) {
  const name = author?.name
  return name && text.startsWith(name) ? [h('bdi', null, name), text.slice(name.length)] : text
}

function Name({ author, about }: { author: Author; about: About | undefined }) {
  return html`<bdi class="name" style=${{ '--nc': nameColor(author, about, LOOK) }}>${shortened(author.name, LOOK.nameMax)}</bdi>`
}

function Actions({ row, featured, hands }: { row: DockRow; featured: boolean; hands: Hands }) {
  const { event, hidden } = row
  const by = event.author ? ` by ${event.author.name}` : ''
  const canUndo = hidden === 'moderator' || hidden === 'person'
  if (hidden !== null && !canUndo) return null
  return html`<div class="acts">
    ${
      canUndo
        ? h(Button, { label: undoLabel(row), icon: 'undo', bare: true, inner: true, onPress: () => undo(hands, row) })
        : [
            h(Button, {
              label: featured ? 'Take down from the overlays' : `Feature this message${by}`,
              icon: 'feature',
              bare: true,
              inner: true,
              pressed: featured,
              onPress: () => feature(hands, featured ? null : event.id),
            }),
            event.author &&
              h(Button, {
                label: `Hide ${event.author.name} and all they write`,
                icon: 'person',
                bare: true,
                inner: true,
                onPress: () => hidePerson(hands, row),
              }),
            h(Button, {
              label: `Hide this message${by}`,
              icon: 'hide',
              bare: true,
              inner: true,
              onPress: () => hide(hands, row),
            }),
          ]
    }
  </div>`
}

function undoLabel({ event, hidden }: DockRow): string {
  return hidden === 'person' && event.author ? `Show all by ${event.author.name} again` : 'Show this message again'
}
