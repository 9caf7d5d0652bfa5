import { h } from 'preact'
import { html } from '../../parts/html.ts'
import { Mark } from '../../parts/mark.ts'
import type { Desk } from '../desk.ts'
import { feature, may, panic } from '../desk.ts'
import { clock } from '../words.ts'
import { Bars } from './bars.ts'
import { Button } from './button.ts'
import { Control } from './control.ts'
import { Feed } from './feed.ts'
import { Lights } from './light.ts'
import { Words } from './row.ts'
import { Waiting } from './waiting.ts'

interface Props {
  desk: Desk
}

export function Dock({ desk }: Props) {
  const control = desk.query.view === 'control'
  return html`<main class="dock" data-view=${desk.query.view}>
    <h1 class="unseen">${control ? 'Control dock' : 'Chat dock'}</h1>
    ${!control && h(Head, { desk })}
    ${h(Bars, { desk })}
    ${h(Waiting, { desk })}
    ${control ? h(Control, { desk }) : h(Feed, { desk })}
    ${!control && h(Featured, { desk })}
  </main>`
}

function Head({ desk }: Props) {
  const { state, now, busy, hands } = desk
  const { live, startedAt } = state.stream
  const paused = state.pausedAt !== null
  return html`<header class="top">
    ${h(Lights, { sources: state.status?.sources ?? [], platforms: state.platforms, now })}
    ${live && html`<span class="clock" title="A stream runs">${clock(now - (startedAt ?? now))}</span>`}
    <span class="room"></span>
    ${h(Button, {
      label: paused ? 'Go on' : 'Pause the feed',
      icon: paused ? 'play' : 'pause',
      bare: true,
      pressed: paused,
      onPress: () => hands.pause(!paused),
    })}
    ${
      may(state, 'moderate') &&
      h(Button, {
        label: state.panic ? 'Show chat on the overlays' : 'Hide the overlays now',
        icon: state.panic ? 'show' : 'panic',
        bare: true,
        pressed: state.panic,
        keys: desk.query.keys ? 'Shift+H' : undefined,
        off: busy.has('panic'),
        onPress: () => panic(hands, !state.panic),
      })
    }
  </header>`
}

/** What the overlays show large. */
function Featured({ desk: { state, busy, hands } }: Props) {
  const { featured: event } = state
  if (event === null) return null
  const about = state.platforms[event.platform]
  return html`<aside class="featured" aria-label="Featured message">
    ${h(Mark, { about })}
    <div class="said">${h(Words, { event, about })}</div>
    ${
      may(state, 'moderate') &&
      h(Button, {
        label: 'Take down from the overlays',
        icon: 'close',
        bare: true,
        off: busy.has('feature'),
        onPress: () => feature(hands, null),
      })
    }
  </aside>`
}
