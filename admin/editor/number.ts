import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { fit, type NumberSetting, type Setting } from '../../server/look-kinds.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Toggle } from '../parts/field.ts'
import { lookWord } from '../state/look-words.ts'
import type { ControlProps } from './control.ts'

type Numbered = Extract<Setting, { kind: 'number' }>

/** A slider, and beside it a field for those who cannot or will not drag. */
export function NumberControl(props: ControlProps<Numbered>): View {
  const { setting, value, onValue } = props
  const { zero } = setting
  const off = zero !== undefined && value === 0
  const onSwitch = (on: boolean) => onValue(on ? 0 : usual(setting))
  return html`
    ${!off && h(Slider, props)}
    ${zero !== undefined && h(Toggle, { label: capital(lookWord(zero)), on: off, onSwitch })}
  `
}

function Slider({ id, setting, value, onValue, described, complaint }: ControlProps<Numbered>): View {
  const typed = useSignal<string | null>(null)
  const { low, high, step, unit } = setting
  const onInput = ({ currentTarget }: InputEvent) => {
    const text = (currentTarget as HTMLInputElement).value
    const given = Number(text)
    const right = text.trim() !== '' && fit(setting, given) === given
    typed.value = text
    complaint.value = right ? null : rangeOf(setting)
    if (right) onValue(given)
  }
  /** What cannot stay becomes the nearest that can. */
  const onBlur = () => {
    const nearest = typed.value === null || typed.value.trim() === '' ? undefined : fit(setting, Number(typed.value))
    typed.value = complaint.value = null
    if (nearest !== undefined) onValue(nearest)
  }
  const onSlide = ({ currentTarget }: InputEvent) =>
    onValue(fit(setting, Number((currentTarget as HTMLInputElement).value)))
  const range = { min: low, max: high, step }
  return html`
    <div class="slider">
      <input type="range" aria-label=${t('{setting}, slider', { setting: lookWord(setting.label) })} ...${range} value=${value} onInput=${onSlide} />
      <span class="with-unit">
        <input type="number" id=${id} ...${range} aria-describedby=${described}
          aria-invalid=${complaint.value ? 'true' : undefined} value=${typed.value ?? value} onInput=${onInput} onBlur=${onBlur} />
        <span class="unit" aria-hidden="true">${unit}</span>
      </span>
    </div>
  `
}

function rangeOf({ low, high, step }: NumberSetting): string {
  return step === 1
    ? t('{low} to {high}', { low, high })
    : t('{low} to {high}, in steps of {step}', { low, high, step })
}

/** What is chosen when “none at all” is taken back. */
function usual(setting: Numbered): unknown {
  return fit(setting, setting.default === 0 ? Math.max(setting.low, setting.high / 10) : setting.default)
}

const capital = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1)
