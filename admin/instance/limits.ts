import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { ChannelLimits } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

const GB = 1_024 ** 3
/** What the server takes, in GB. */
const LEAST = 1 / 16
const MOST = 10_000

interface LimitsProps {
  panel: Panel
  limits: ChannelLimits
  changed: () => void
}

/** What each channel may have. */
export function LimitsCard({ panel, limits, changed }: LimitsProps): View {
  const typed = useSignal(String(limits.bytes / GB))
  const form = useForm(
    async () => {
      await panel.api.setInstance({ channelBytes: Math.round(Number(typed.value) * GB) })
      panel.toasts.ok(`Each channel may keep ${typed.value} GB of transcripts.`)
      changed()
    },
    (): Record<string, string> => (isGood(typed.value) ? {} : { bytes: `A number from ${LEAST} to ${number(MOST)}.` }),
  )
  const same = Number(typed.value) * GB === limits.bytes
  return h(
    Card,
    { id: 'limits', title: 'Limits of a channel', class: 'instance-card' },
    html`
      <form class="limit-form" onSubmit=${form.onSubmit} novalidate>
        ${h(TextField, {
          id: 'limit-bytes',
          label: 'Transcripts, GB',
          hint: 'A stream that runs is never cut; once it is reached, the next one does not begin.',
          value: typed.value,
          onText: (text) => {
            typed.value = text
          },
          error: form.fields.value.bytes,
          input: { inputmode: 'decimal', autocomplete: 'off', maxlength: 12 },
        })}
        ${h(Button, { label: 'Save limit', submit: true, off: same || form.busy.value })}
      </form>
      ${h(FormError, { form })}
      <dl class="fixed-limits">
        <div><dt>Overlays</dt><dd>${number(limits.overlays)}</dd></div>
        <div><dt>API keys</dt><dd>${number(limits.keys)}</dd></div>
        <div><dt>Calls that push messages, a second</dt><dd>${number(limits.pushes)}</dd></div>
      </dl>
      <p class="faint">These are the same everywhere. How much of them each channel uses stands beside its account.</p>
    `,
  )
}

function isGood(text: string): boolean {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return value >= LEAST && value <= MOST
}
