import { Component, h } from 'preact'
import { html } from '../../parts/html.ts'
import type { Desk } from '../desk.ts'
import { wear } from '../desk.ts'
import type { ThemesView } from '../themes.ts'
import { Button } from './button.ts'

interface Props {
  desk: Desk
}

/** What an overlay wears: a press switches it, on air and at once. */
export class Themes extends Component<Props, { picked: string | null }> {
  override state = { picked: null }

  override render({ desk: { themes, busy, hands } }: Props) {
    const { items } = themes
    const overlay = items.find(({ id }) => id === this.state.picked) ?? items[0]
    if (overlay === undefined) return null
    return html`<section class="card" aria-label="Theme">
      <h2>Theme</h2>
      ${items.length > 1 && this.#choice(items, overlay.id)}
      <div class="themes" role="group" aria-label=${`Theme of ${overlay.name}`}>
        ${themes.themes.map(({ id, label }) =>
          h(Button, {
            label,
            pressed: id === overlay.theme,
            off: busy.has('theme'),
            onPress: () => wear(hands, overlay.id, id),
          }),
        )}
      </div>
    </section>`
  }

  #choice(items: ThemesView['items'], picked: string) {
    const pick = ({ currentTarget }: Event) => this.setState({ picked: (currentTarget as HTMLSelectElement).value })
    return html`<label class="field"><span>Overlay</span>
      <select value=${picked} onChange=${pick}>
        ${items.map(({ id, name }) => html`<option key=${id} value=${id} selected=${id === picked}>${name}</option>`)}
      </select>
    </label>`
  }
}
