import type { Signal } from '@preact/signals'
import { h } from 'preact'
import type { View } from '../html.ts'
import { Segments, type SegmentsProps, TextField, type TextFieldProps, Toggle, type ToggleProps } from './field.ts'

/** Controls that show a signal and set it. */

type Bound<Props, T, Taken extends keyof Props> = Omit<Props, Taken> & { to: Signal<T> }

export function BoundText({ to, ...field }: Bound<TextFieldProps, string, 'value' | 'onText'>): View {
  return h(TextField, {
    ...field,
    value: to.value,
    onText: (text) => {
      to.value = text
    },
  })
}

export function BoundToggle({ to, ...toggle }: Bound<ToggleProps, boolean, 'on' | 'onSwitch'>): View {
  return h(Toggle, {
    ...toggle,
    on: to.value,
    onSwitch: (on) => {
      to.value = on
    },
  })
}

export function BoundSegments<T extends string>({
  to,
  ...segments
}: Bound<SegmentsProps<T>, T, 'value' | 'onPick'>): View {
  return h(Segments<T>, {
    ...segments,
    value: to.value,
    onPick: (picked) => {
      to.value = picked
    },
  })
}
