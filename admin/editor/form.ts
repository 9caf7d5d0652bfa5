import { useSignal } from '@preact/signals'
import { ChevronRight, Search } from 'lucide'
import { h } from 'preact'
import { type OverlaySettings, type SettingName, settingNames } from '../../server/look.ts'
import { GROUPS, type Group } from '../../server/look-kinds.ts'
import { resolveSettings } from '../../server/look-themes.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import type { Editing } from '../state/look-editing.ts'
import { presetsOf } from '../state/look-presets.ts'
import { type Warnings, warningsOf } from '../state/look-warnings.ts'
import { lookWord } from '../state/look-words.ts'
import type { Panel } from '../state/panel.ts'
import { settingOf } from './control.ts'
import { SettingRow } from './setting.ts'

interface FormProps {
  panel: Panel
  editing: Editing
}
interface SharedProps extends FormProps {
  look: OverlaySettings
  warnings: Warnings
}
interface RowsProps extends SharedProps {
  names: readonly SettingName[]
}

/** Every setting of the table, in the table's groups and order. */
export function LookForm({ panel, editing }: FormProps): View {
  const sought = useSignal('')
  const look = resolveSettings(editing.now.value)
  const shared = { panel, editing, look, warnings: warningsOf(look) }
  const onInput = ({ currentTarget }: InputEvent) => {
    sought.value = (currentTarget as HTMLInputElement).value
  }
  const words = sought.value.trim().toLowerCase()
  const found = settingNames().filter((name) => isAbout(name, words))
  return html`
    <div class="look-form">
      <div class="search">
        ${h(Icon, { icon: Search, size: 16 })}
        <input type="search" aria-label=${t('Find a setting')} placeholder=${t('Find a setting')} value=${sought.value} onInput=${onInput} />
      </div>
      ${words === '' ? h(Groups, shared) : h(Found, { ...shared, names: found })}
    </div>
  `
}

function Found(props: RowsProps): View {
  return html`
    <div class="found">
      <p class="unseen" role="status">${tn(props.names.length, '{n} found', '{n} found')}</p>
      ${props.names.length === 0 ? html`<p class="muted">${t('No setting has that in its name.')}</p>` : h(Rows, props)}
    </div>
  `
}

function Groups(shared: SharedProps): View {
  const groups = (Object.keys(GROUPS) as Group[]).filter((group) => group !== 'basic')
  return html`
    <section class="basic" aria-label=${lookWord(GROUPS.basic)}>
      ${h(Presets, shared)}
      ${h(Rows, { ...shared, names: namesOf('basic') })}
    </section>
    ${groups.map((group) => h(Folded, { ...shared, key: group, group }))}
  `
}

function Folded({ group, ...shared }: SharedProps & { group: Group; key?: string }): View {
  const open = useSignal(false)
  const names = namesOf(group)
  const chosen = names.filter((name) => shared.editing.now.value[name] !== undefined).length
  const warned = names.some((name) => shared.warnings[name] !== undefined)
  const onToggle = ({ currentTarget }: Event) => {
    open.value = (currentTarget as HTMLDetailsElement).open
  }
  return html`
    <details class="folded" data-group=${group} onToggle=${onToggle}>
      <summary>
        ${h(Icon, { icon: ChevronRight, size: 16 })}<span>${lookWord(GROUPS[group])}</span>
        ${warned && html`<span class="folded-warned">${t('Look here')}</span>`}
        ${chosen > 0 && html`<span class="folded-count">${tn(chosen, '{n} chosen', '{n} chosen')}</span>`}
      </summary>
      ${open.value && h(Rows, { ...shared, names })}
    </details>
  `
}

function Rows({ panel, editing, look, warnings, names }: RowsProps): View {
  return html`
    <div class="settings">
      ${names.map((name) => h(SettingRow, { key: name, panel, editing, name, look, warning: warnings[name] }))}
    </div>
  `
}

function Presets({ panel, editing }: FormProps): View {
  return html`
    <div class="presets" role="group" aria-label=${t('Presets')}>
      ${presetsOf(panel.platforms.value?.items ?? []).map(({ label, change }) =>
        h(Button, { label, class: 'preset', onPress: () => editing.set(change, label) }),
      )}
    </div>
  `
}

const namesOf = (group: Group) => settingNames().filter((name) => settingOf(name).group === group)

function isAbout(name: SettingName, words: string): boolean {
  const setting = settingOf(name)
  const values = 'values' in setting ? Object.values(setting.values) : []
  return [setting.label, GROUPS[setting.group], ...values].some((text) => lookWord(text).toLowerCase().includes(words))
}
