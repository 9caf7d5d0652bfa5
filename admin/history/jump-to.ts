import { useSignal } from '@preact/signals'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { timeAfter } from '../state/time-after.ts'

export interface JumpToProps {
  startedAt: number
  /** Where the transcript begins now, ms. */
  from: number | null
  onJump: (from: number | null) => void
}

/** Goes to a time of the evening, by the clock on the wall. */
export function JumpTo({ startedAt, from, onJump }: JumpToProps): View {
  const typed = useSignal('')
  const onInput = (event: InputEvent) => {
    typed.value = (event.currentTarget as HTMLInputElement).value
    onJump(timeAfter(startedAt, typed.value))
  }
  return html`
    <label class="jump-to">
      <span>${t('Jump to')}</span>
      <input type="time" id="jump-to" value=${from === null ? '' : typed.value} onInput=${onInput} />
    </label>
  `
}
