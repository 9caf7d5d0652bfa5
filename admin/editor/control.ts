import type { Signal } from '@preact/signals'
import { type ChosenSettings, SETTINGS, type SettingName } from '../../server/look.ts'
import type { Setting } from '../../server/look-kinds.ts'
import type { About } from '../../server/protocol.ts'

/** What a control is handed: one setting of the table, its value now, and how to change it. */
export interface ControlProps<S extends Setting = Setting> {
  /** Of the control itself; its label stands in `${id}-label`. */
  id: string
  setting: S
  value: unknown
  /** Also while it is being dragged or typed. */
  onValue: (value: unknown) => void
  /** Id of the sentence about it. */
  described: string | undefined
  platforms: readonly About[]
  /** What the control itself has to complain about. */
  complaint: Signal<string | null>
}

/** As the table has it; its kinds are told apart by `kind`. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name]
}

/** A change of one setting, whose value the table has been asked about. */
export function changeOf(name: SettingName, value: unknown): ChosenSettings {
  return { [name]: value }
}
