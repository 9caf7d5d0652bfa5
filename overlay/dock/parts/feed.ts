import { Component, createRef, h } from 'preact'
import { watchHand } from '../../parts/by-hand.ts'
import { html } from '../../parts/html.ts'
import type { Desk } from '../desk.ts'
import { may } from '../desk.ts'
import { shown } from '../state.ts'
import { Button } from './button.ts'
import { Row } from './row.ts'

interface Props {
  desk: Desk
}

/** Within so many px of its end the feed counts as being there. */
const NEAR_END = 24

/** The messages. Scrolling up pauses; being at the end again goes on. */
export class Feed extends Component<Props> {
  readonly #list = createRef<HTMLDivElement>()
  readonly #off = new AbortController()
  #byHand = () => false
  #top = 0

  override componentDidMount(): void {
    if (this.#list.current) this.#byHand = watchHand(this.#list.current, this.#off.signal)
    this.#follow()
  }

  override componentWillUnmount(): void {
    this.#off.abort()
  }

  override componentDidUpdate({ desk: before }: Props): void {
    // To go on goes to the end, also where a wheel is still turning.
    if (before.state.pausedAt !== null && this.#list.current) this.#top = this.#list.current.scrollTop
    this.#follow()
  }

  override render({ desk }: Props) {
    const { state, query, connection, hands } = desk
    const { rows, waiting } = shown(state)
    const acting = query.actions && may(state, 'moderate') ? hands : null
    return html`<div class="frame">
      <div class="feed" role="log" aria-live="off" aria-label="Messages" tabindex="0" ref=${this.#list} onScroll=${this.#scrolled}>
        <ol>${rows.map((row) => {
          const { event } = row
          const featured = state.featured?.id === event.id
          const about = state.platforms[event.platform]
          return h(Row, { key: event.id, row, about, featured, badges: query.badges, hands: acting })
        })}</ol>
      </div>
      ${rows.length === 0 && connection === 'live' && html`<p class="empty">Connected. Nobody has written yet.</p>`}
      ${
        waiting > 0 &&
        html`<div class="new">
        ${h(Button, { label: `${waiting} new`, icon: 'down', tone: 'primary', onPress: () => hands.pause(false) })}
      </div>`
      }
    </div>`
  }

  readonly #scrolled = (): void => {
    const list = this.#list.current
    if (!list) return
    const { hands } = this.props.desk
    const left = this.#left(list)
    const returned = list.scrollTop > this.#top && fromEnd(list) <= NEAR_END
    this.#top = list.scrollTop
    if (left) hands.pause(true)
    else if (returned) hands.pause(false)
    else if (!this.#byHand()) this.#follow()
  }

  /** Whoever has scrolled up since, and whose scroll has not been told yet, is not pulled back. */
  #follow(): void {
    const list = this.#list.current
    if (!list || this.props.desk.state.pausedAt !== null || this.#left(list)) return
    // Only where there is something to follow: a wheel that turns just now is seen here later than on the screen.
    if (fromEnd(list) >= 1) list.scrollTop = list.scrollHeight
    this.#top = list.scrollTop
  }

  /** Scrolled up by somebody; a feed whose rows have become shorter does not count. */
  #left(list: HTMLElement): boolean {
    return list.scrollTop < this.#top - 1 && fromEnd(list) > NEAR_END && this.#byHand()
  }
}

function fromEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): number {
  return scrollHeight - clientHeight - scrollTop
}
