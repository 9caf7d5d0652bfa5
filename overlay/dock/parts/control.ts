import { Component, h } from 'preact'
import type { SourceView } from '../../../server/protocol.ts'
import { html } from '../../parts/html.ts'
import { Mark } from '../../parts/mark.ts'
import type { Desk } from '../desk.ts'
import { may, panic, slow } from '../desk.ts'
import { CAN_RETRY, clock, stateOf } from '../words.ts'
import { Button } from './button.ts'
import { Shape } from './light.ts'
import { Themes } from './themes.ts'

interface Props {
  desk: Desk
}

/** The buttons of a stream. */
export function Control({ desk }: Props) {
  const { state } = desk
  if (state.scope !== null && !may(state, 'control')) {
    return html`<p class="empty">This dock may not do that. Make one with the scope “control” in the panel, under Docks.</p>`
  }
  return html`<div class="control">
    ${h(StreamCard, { desk })}
    ${h(PictureCard, { desk })}
    <section class="card" aria-label="Platforms">
      <h2>Platforms</h2>
      <ul class="sources">${(state.status?.sources ?? []).map((source) => h(Source, { key: source.platform, source, desk }))}</ul>
    </section>
    ${h(Themes, { desk })}
  </div>`
}

const MAX_TITLE = 140

/** Start, and end after being asked once more. */
class StreamCard extends Component<Props, { title: string; asking: boolean }> {
  override state = { title: '', asking: false }

  override render({ desk }: Props) {
    const { live, startedAt, title } = desk.state.stream
    return html`<section class="card" aria-label="Stream" data-live=${live ? '' : undefined}>
      <h2>${live ? html`<span class="on">LIVE</span> <span class="clock">${clock(desk.now - (startedAt ?? desk.now))}</span>` : 'No stream'}</h2>
      ${live && html`<p class="muted"><bdi>${title || 'Untitled stream'}</bdi> · ${desk.state.status?.messages ?? 0} messages kept</p>`}
      ${live ? this.#ending(desk) : this.#starting(desk)}
    </section>`
  }

  #starting({ busy, hands }: Desk) {
    const start = () => hands.act('stream', () => hands.calls.start(this.state.title.trim()))
    const type = (event: InputEvent) => this.setState({ title: (event.currentTarget as HTMLInputElement).value })
    return html`
      <label class="field"><span>Title</span>
        <input maxlength=${MAX_TITLE} autocomplete="off" value=${this.state.title} onInput=${type} />
      </label>
      ${h(Button, { label: 'Start stream', tone: 'primary', off: busy.has('stream'), onPress: start })}`
  }

  #ending({ busy, hands }: Desk) {
    const ask = (asking: boolean) => () => this.setState({ asking })
    const end = () => {
      this.setState({ asking: false, title: '' })
      hands.act('stream', () => hands.calls.end())
    }
    if (!this.state.asking)
      return h(Button, { label: 'End stream', tone: 'danger', off: busy.has('stream'), onPress: ask(true) })
    return html`<div class="ask" role="group" aria-label="End the stream?">
      <p>End the stream? Its chat is kept.</p>
      ${h(Button, { label: 'End it', tone: 'danger', onPress: end })}
      ${h(Button, { label: 'Go on', onPress: ask(false) })}
    </div>`
  }
}

function PictureCard({ desk: { state, query, busy, hands } }: Props) {
  const { calls, act } = hands
  const open = state.status?.overlays.length ?? 0
  const platform = Object.keys(state.platforms)[0]
  return html`<section class="card" aria-label="Overlays">
    <h2>Overlays <span class="muted">${open} open</span></h2>
    <div class="pair">
      ${h(Button, {
        label: state.panic ? 'Show chat' : 'Hide now',
        icon: state.panic ? 'show' : 'panic',
        tone: state.panic ? 'primary' : 'danger',
        keys: query.keys ? 'Shift+H' : undefined,
        off: busy.has('panic'),
        onPress: () => panic(hands, !state.panic),
      })}
      ${h(Button, { label: 'Clear', icon: 'clear', off: busy.has('clear'), onPress: () => act('clear', calls.clear) })}
    </div>
    ${h(Button, {
      label: 'Slow display',
      icon: 'slow',
      pressed: state.slow,
      keys: query.keys ? 'Shift+S' : undefined,
      off: busy.has('slow'),
      onPress: () => slow(hands, !state.slow),
    })}
    ${
      platform !== undefined &&
      h(Button, {
        label: 'Send a test message',
        icon: 'send',
        off: busy.has('test'),
        onPress: () => act('test', () => calls.test(platform)),
      })
    }
  </section>`
}

function Source({ source, desk }: { source: SourceView; desk: Desk; key?: string }) {
  const { state, now, busy, hands } = desk
  const about = state.platforms[source.platform]
  const retry = `retry ${source.platform}`
  return html`<li>
    ${h(Mark, { about })}
    <div>
      <p><bdi>${source.title ?? source.channel ?? about?.label ?? source.platform}</bdi></p>
      <p class="muted">${h(Shape, source)} ${source.channel === null ? 'Not followed' : stateOf(source, now)}</p>
      ${source.error !== null && html`<p class="muted">${source.error}</p>`}
    </div>
    ${
      source.channel !== null &&
      CAN_RETRY.includes(source.state) &&
      h(Button, {
        label: `Reconnect ${about?.label ?? source.platform} now`,
        icon: 'retry',
        bare: true,
        off: busy.has(retry),
        onPress: () => hands.act(retry, () => hands.calls.retry(source.platform)),
      })
    }
  </li>`
}
