import { h } from 'preact'
import type { Setting } from '../../server/look-kinds.ts'
import { html, type View } from '../html.ts'
import { Mark } from '../parts/mark.ts'
import { lookWord } from '../state/look-words.ts'
import type { ControlProps } from './control.ts'

type Several = Extract<Setting, { kind: 'set' }>
type OfPlatforms = Extract<Setting, { kind: 'platforms' }>

export function SetControl({ id, setting, value, onValue }: ControlProps<Several>): View {
  const chosen = listOf(value)
  const all = Object.keys(setting.values)
  const onSwitch = (option: string) => (on: boolean) =>
    onValue(all.filter((each) => (each === option ? on : chosen.includes(each))))
  return html`
    <div class="ticks" role="group" aria-labelledby=${`${id}-label`}>
      ${Object.entries(setting.values).map(([option, label]) =>
        h(Tick, { key: option, label: lookWord(label), on: chosen.includes(option), onSwitch: onSwitch(option) }),
      )}
    </div>
  `
}

/** None means all of them, also those that are still to come. */
export function PlatformsControl({ id, value, onValue, platforms }: ControlProps<OfPlatforms>): View {
  const chosen = listOf(value)
  const ids = platforms.map((about) => about.id)
  const shown = chosen.length === 0 ? ids : chosen
  const onSwitch = (platform: string) => (on: boolean) => {
    const next = ids.filter((each) => (each === platform ? on : shown.includes(each)))
    onValue(next.length === ids.length ? [] : next)
  }
  return html`
    <div class="ticks" role="group" aria-labelledby=${`${id}-label`}>
      ${platforms.map((about) =>
        h(Tick, {
          key: about.id,
          label: about.label,
          picture: h(Mark, { id: about.id, about, quiet: true }),
          on: shown.includes(about.id),
          last: shown.length === 1,
          onSwitch: onSwitch(about.id),
        }),
      )}
    </div>
  `
}

interface TickProps {
  label: string
  picture?: View
  on: boolean
  /** It stays: without any there would be nothing to see. */
  last?: boolean
  onSwitch: (on: boolean) => void
  key?: string
}

function Tick({ label, picture, on, last, onSwitch }: TickProps): View {
  const onChange = (event: Event) => {
    const box = event.currentTarget as HTMLInputElement
    if (on && last) box.checked = true
    else onSwitch(box.checked)
  }
  return html`
    <label class="tick" data-on=${on ? '' : undefined}>
      <input type="checkbox" checked=${on} aria-disabled=${on && last ? 'true' : undefined} onChange=${onChange} />
      ${picture}<span>${label}</span>
    </label>
  `
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
