import { h } from 'preact'
import { html } from '../../parts/html.ts'
import type { Desk } from '../desk.ts'
import { may, panic, slow } from '../desk.ts'
import { Button } from './button.ts'

/** What must be known at once, under the head of the dock. */
export function Bars({ desk }: { desk: Desk }) {
  const { state, query, connection, trouble, hands } = desk
  return html`
    <div role="status">
      ${connection === 'retry' && h(Offline, { desk })}
      ${connection === 'ended' && html`<p class="bar" data-tone="bad">${ended()}</p>`}
      ${state.panic && h(Panic, { desk })}
      ${state.slow && !state.panic && query.view === 'chat' && h(Slow, { desk })}
      ${
        trouble !== null &&
        html`<div class="bar" data-tone="bad"><p>${trouble}</p>
        ${h(Button, { label: 'Close', icon: 'close', bare: true, onPress: hands.forgetTrouble })}</div>`
      }
    </div>
  `
}

/** A dock that has never been connected says so otherwise than one that was. */
function Offline({ desk: { state, hands } }: { desk: Desk }) {
  if (state.place === null) return html`<p class="bar" data-tone="plain">Connecting…</p>`
  return html`<div class="bar" data-tone="warn">
    <p>Connection lost. Chat goes on being recorded.</p>
    ${h(Button, { label: 'Retry now', onPress: hands.retryNow })}
  </div>`
}

function ended(): string {
  return location.hash.length > 1
    ? 'This address is no longer good. Copy the new one in the panel, under Docks.'
    : 'This address is not whole. Copy it again in the panel, under Docks.'
}

function Panic({ desk: { state, busy, hands } }: { desk: Desk }) {
  const end = () => panic(hands, false)
  return html`<div class="bar" data-tone="panic">
    <p>Overlays are held empty.</p>
    ${may(state, 'moderate') && h(Button, { label: 'Show chat', icon: 'show', off: busy.has('panic'), onPress: end })}
  </div>`
}

/** The control dock has a button that says so. */
function Slow({ desk: { state, busy, hands } }: { desk: Desk }) {
  const end = () => slow(hands, false)
  return html`<div class="bar" data-tone="slow">
    <p>Slow display is on.</p>
    ${may(state, 'moderate') && h(Button, { label: 'Full speed', off: busy.has('slow'), onPress: end })}
  </div>`
}
