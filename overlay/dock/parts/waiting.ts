import { Component, h } from 'preact'
import { html } from '../../parts/html.ts'
import { Mark } from '../../parts/mark.ts'
import type { Desk } from '../desk.ts'
import { decide, may } from '../desk.ts'
import type { HeldItem } from '../waiting.ts'
import { heldBecause } from '../words.ts'
import { Button } from './button.ts'
import { Words } from './row.ts'

interface Props {
  desk: Desk
}

/** What waits for a moderator: a line with the count, and below it, unless it is folded, each message with its two answers. */
export class Waiting extends Component<Props, { folded: boolean }> {
  override state = { folded: false }

  override render({ desk }: Props) {
    const { held, state } = desk
    if (held.count === 0 || !may(state, 'moderate')) return null
    const { folded } = this.state
    const more = held.count - held.items.length
    return html`<section class="waiting" aria-label="Waiting for you">
      <button type="button" class="fold" aria-expanded=${!folded} onClick=${() => this.setState({ folded: !folded })}>
        <span class="count">${held.count}</span> ${held.count === 1 ? 'message waits' : 'messages wait'} for you
      </button>
      ${!folded && html`<ul>${held.items.map((item) => h(Held, { key: item.event.id, item, desk }))}</ul>`}
      ${!folded && more > 0 && html`<p class="muted">${more} more after these.</p>`}
    </section>`
  }
}

function Held({ item: { event, rule }, desk }: { item: HeldItem; desk: Desk; key?: string }) {
  const { state, busy, hands } = desk
  const about = state.platforms[event.platform]
  const by = event.author ? ` by ${event.author.name}` : ''
  const answer = (how: 'release' | 'refuse', label: string, tone: 'primary' | 'plain') =>
    h(Button, {
      label,
      says: `${label}: message${by}`,
      tone,
      off: busy.has(event.id) || (how === 'release' && state.panic),
      onPress: () => decide(hands, event.id, how),
    })
  return html`<li class="held" tabindex="0" data-id=${event.id}>
    ${h(Mark, { about })}
    <div class="said">${h(Words, { event, about })}<span class="reason">${heldBecause(rule)}</span></div>
    <div class="pair">
      ${answer('release', 'Release', 'primary')}
      ${answer('refuse', 'Keep hidden', 'plain')}
    </div>
  </li>`
}
