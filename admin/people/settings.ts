import { h } from 'preact'
import { html, type View } from '../html.ts'
import { useTitle } from '../pages/page.ts'
import { Segments } from '../parts/field.ts'
import { ShortcutList } from '../parts/shortcut-list.ts'
import { ThemeChoices } from '../parts/theme-choices.ts'
import { type Hours, minuteOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { PasswordCard } from './password-card.ts'
import { SessionsCard } from './sessions-card.ts'

const HOURS: readonly { value: Hours; label: string }[] = [
  { value: '24', label: '24 hours' },
  { value: '12', label: '12 hours' },
]

/** What belongs to the person and not to a channel. */
export function Settings({ panel }: { panel: Panel }): View {
  useTitle('Settings')
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">Settings</h1>
        <p class="muted">Signed in as <bdi>${panel.me.value?.account.username}</bdi>. These are yours, whichever channel you work in.</p>
      </header>
      ${h(Appearance, { panel })}
      ${h(PasswordCard, { panel })}
      ${h(SessionsCard, { panel })}
      <section class="card card-form form" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        ${h(ShortcutList, { panel })}
      </section>
    </div>
  `
}

function Appearance({ panel }: { panel: Panel }): View {
  const { hours } = panel.preferences
  return html`
    <section class="card card-form form" aria-labelledby="appearance-title">
      <h2 id="appearance-title">Appearance</h2>
      <div class="field">
        <p class="label">Theme</p>
        ${h(ThemeChoices, { panel })}
      </div>
      <div class="field">
        <p class="label">Time</p>
        ${h(Segments<Hours>, {
          label: 'Time',
          options: HOURS,
          value: hours.value,
          onPick: (value) => {
            hours.value = value
          },
        })}
        <p class="field-hint">It is ${minuteOfDay(panel.now.value)} now. Both are kept in this browser.</p>
      </div>
    </section>
  `
}
