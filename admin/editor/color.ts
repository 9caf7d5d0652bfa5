import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { COLOR, type Setting } from '../../server/look-kinds.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Toggle } from '../parts/field.ts'
import { lookWord } from '../state/look-words.ts'
import type { ControlProps } from './control.ts'

type Colored = Extract<Setting, { kind: 'color' }>

/** What is chosen when a word like “transparent” is taken back. */
const USUAL = '#00b140'

/** The browser's picker, the colour as text, and where the setting has them, its words. */
export function ColorControl(props: ControlProps<Colored>): View {
  const { setting, value, onValue } = props
  const words = Object.entries(setting.words ?? {})
  const onSwitch = (word: string) => (on: boolean) => onValue(on ? word : USUAL)
  return html`
    ${words.map(([word, label]) => h(Toggle, { key: word, label: lookWord(label), on: value === word, onSwitch: onSwitch(word) }))}
    ${!words.some(([word]) => word === value) && h(Picker, props)}
  `
}

function Picker({ id, setting, value, onValue, described, complaint }: ControlProps<Colored>): View {
  const typed = useSignal<string | null>(null)
  const onPick = ({ currentTarget }: InputEvent) => onValue((currentTarget as HTMLInputElement).value)
  const onInput = ({ currentTarget }: InputEvent) => {
    const text = (currentTarget as HTMLInputElement).value
    const color = `#${text.trim().replace(/^#/, '').toLowerCase()}`
    typed.value = text
    complaint.value = COLOR.test(color) ? null : t('Six digits from 0 to f, as #9146ff')
    if (complaint.value === null) onValue(color)
  }
  const onBlur = () => {
    typed.value = complaint.value = null
  }
  return html`
    <div class="picker">
      <input type="color" aria-label=${t('{setting}, picker', { setting: lookWord(setting.label) })} value=${value} onInput=${onPick} />
      <input type="text" id=${id} aria-describedby=${described} aria-invalid=${complaint.value ? 'true' : undefined} maxlength="8"
        spellcheck=${false} autocomplete="off" value=${typed.value ?? value} onInput=${onInput} onBlur=${onBlur} />
    </div>
  `
}
