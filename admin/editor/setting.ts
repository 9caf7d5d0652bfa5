import { useSignal } from '@preact/signals'
import { RotateCcw } from 'lucide'
import { h } from 'preact'
import type { OverlaySettings, SettingName } from '../../server/look.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Toggle } from '../parts/field.ts'
import type { Editing } from '../state/look-editing.ts'
import { lookWord } from '../state/look-words.ts'
import type { Panel } from '../state/panel.ts'
import { ChoiceControl, isGroup } from './choice.ts'
import { ColorControl } from './color.ts'
import { type ControlProps, changeOf, settingOf } from './control.ts'
import { Gallery } from './gallery.ts'
import { NumberControl } from './number.ts'
import { PlatformsControl, SetControl } from './set.ts'
import { CssControl, WordsControl } from './texts.ts'

export interface SettingRowProps {
  panel: Panel
  editing: Editing
  name: SettingName
  look: OverlaySettings
  warning: string | undefined
  key?: string
}

/** One line of the table as a control: what holds, whose choice it is, and what there is to say about it. */
export function SettingRow({ panel, editing, name, look, warning }: SettingRowProps): View {
  const setting = settingOf(name)
  const complaint = useSignal<string | null>(null)
  const id = `set-${name}`
  const said = complaint.value ?? warning
  const chosen = editing.now.value[name] !== undefined
  const props: ControlProps = {
    id,
    setting,
    value: look[name],
    onValue: (value) => editing.set(changeOf(name, value)),
    described: said === undefined ? undefined : `${id}-said`,
    platforms: panel.platforms.value?.items ?? [],
    complaint,
  }
  const reset = () => {
    complaint.value = null
    editing.set({ [name]: null })
    document.getElementById(id)?.focus()
  }
  return html`
    <div class="setting" data-setting=${name} data-chosen=${chosen ? '' : undefined}>
      <div class="setting-head">
        ${headOf(props, name)}
        ${name !== 'theme' && h(Whose, { chosen, label: lookWord(setting.label), reset })}
      </div>
      ${name === 'theme' ? h(Gallery, { value: look.theme, onValue: props.onValue }) : controlOf(props)}
      <p class=${complaint.value ? 'field-error' : 'setting-warning'} id=${`${id}-said`} role="status">${said}</p>
    </div>
  `
}

function Whose({ chosen, label, reset }: { chosen: boolean; label: string; reset: () => void }): View {
  if (!chosen) return html`<span class="own">${t('Theme’s own')}</span>`
  const words = t('{setting}: back to the theme’s own', { setting: label })
  return h(Button, { label: words, icon: RotateCcw, tone: 'ghost', bare: true, class: 'reset', onPress: reset })
}

function headOf({ id, setting, value, onValue }: ControlProps, name: SettingName): View {
  const label = lookWord(setting.label)
  if (setting.kind === 'switch') return h(Toggle, { id, label, on: value === true, onSwitch: onValue })
  if (name === 'theme' || isGroup(setting)) return html`<span class="label" id=${`${id}-label`}>${label}</span>`
  return html`<label class="label" for=${id} id=${`${id}-label`}>${label}</label>`
}

function controlOf({ setting, ...rest }: ControlProps): View | null {
  switch (setting.kind) {
    case 'choice':
      return h(ChoiceControl, { setting, ...rest })
    case 'number':
      return h(NumberControl, { setting, ...rest })
    case 'color':
      return h(ColorControl, { setting, ...rest })
    case 'set':
      return h(SetControl, { setting, ...rest })
    case 'platforms':
      return h(PlatformsControl, { setting, ...rest })
    case 'words':
      return h(WordsControl, { setting, ...rest })
    case 'css':
      return h(CssControl, { setting, ...rest })
    case 'switch':
      return null
  }
}
