import { h } from 'preact'
import type { Setting } from '../../server/look-kinds.ts'
import { html, type View } from '../html.ts'
import { Segments } from '../parts/field.ts'
import { lookWord } from '../state/look-words.ts'
import type { ControlProps } from './control.ts'

type Choice = Extract<Setting, { kind: 'choice' }>

/** What stands side by side in the form. */
const IN_A_ROW = { choices: 4, letters: 26 }

/** Few short choices stand side by side, others in a list. */
export function ChoiceControl({ id, setting, value, onValue, described }: ControlProps<Choice>): View {
  const options = Object.entries(setting.values).map(([option, label]) => ({ value: option, label: lookWord(label) }))
  if (isInARow(setting)) {
    return h(Segments<string>, { label: lookWord(setting.label), options, value: String(value), onPick: onValue })
  }
  const onChange = (event: Event) => onValue((event.currentTarget as HTMLSelectElement).value)
  return html`
    <select id=${id} aria-describedby=${described} value=${value} onChange=${onChange}>
      ${options.map((option) => html`<option value=${option.value} selected=${option.value === value}>${option.label}</option>`)}
    </select>
  `
}

/** The label of a group of buttons is no `label`. */
export function isGroup(setting: Setting): boolean {
  return setting.kind === 'set' || setting.kind === 'platforms' || (setting.kind === 'choice' && isInARow(setting))
}

function isInARow({ values }: Choice): boolean {
  const labels = Object.values(values).map(lookWord)
  return labels.length <= IN_A_ROW.choices && labels.join('').length <= IN_A_ROW.letters
}
