import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t, tx } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Segments } from '../parts/field.ts'
import { LanguageChoice } from '../parts/language-choice.ts'
import { ReadingChoices } from '../parts/reading-choices.ts'
import { ShortcutList } from '../parts/shortcut-list.ts'
import { ThemeChoices } from '../parts/theme-choices.ts'
import { type Hours, minuteOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { ChannelCard } from './channel-card.ts'
import { PasswordCard } from './password-card.ts'
import { SessionsCard } from './sessions-card.ts'

const HOURS: readonly { value: Hours; label: Text }[] = [
  { value: '24', label: '24 hours' },
  { value: '12', label: '12 hours' },
]

/** What belongs to the person and not to a channel. */
export function Settings({ panel }: { panel: Panel }): View {
  useTitle(t('Settings'))
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Settings')}</h1>
        <p class="muted">${tx('Signed in as {name}. These are yours, whichever channel you work in.', { name: html`<bdi>${panel.me.value?.account.username}</bdi>` })}</p>
      </header>
      ${h(Appearance, { panel })}
      <section class="card card-form form" aria-labelledby="reading-title">
        <h2 id="reading-title">${t('Messages')}</h2>
        ${h(ReadingChoices, { panel })}
      </section>
      ${h(PasswordCard, { panel })}
      ${h(SessionsCard, { panel })}
      <section class="card card-form form" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">${t('Keyboard shortcuts')}</h2>
        ${h(ShortcutList, { panel })}
      </section>
      ${h(ChannelCard, { panel })}
    </div>
  `
}

function Appearance({ panel }: { panel: Panel }): View {
  const { hours } = panel.preferences
  return html`
    <section class="card card-form form" aria-labelledby="appearance-title">
      <h2 id="appearance-title">${t('Appearance')}</h2>
      <div class="field">
        <p class="label">${t('Language')}</p>
        ${h(LanguageChoice, { panel })}
      </div>
      <div class="field">
        <p class="label">${t('Theme')}</p>
        ${h(ThemeChoices, { panel })}
      </div>
      <div class="field">
        <p class="label">${t('Time')}</p>
        ${h(Segments<Hours>, {
          label: t('Time'),
          options: HOURS.map(({ value, label }) => ({ value, label: t(label) })),
          value: hours.value,
          onPick: (value) => {
            hours.value = value
          },
        })}
        <p class="field-hint">${t('It is {time} now. All three are kept in this browser.', { time: minuteOfDay(panel.now.value) })}</p>
      </div>
    </section>
  `
}
