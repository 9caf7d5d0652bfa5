import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { ChannelLimits } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { spoken } from '../language/language.ts'
import { t } from '../language/words.ts'
import { BoundText } from '../parts/bound.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { FormError, useForm } from '../parts/form.ts'
import { number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { typedNumber } from '../state/typed-number.ts'

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
  return h(
    Card,
    { id: 'limits', title: t('Limits of a channel'), class: 'instance-card' },
    h(BytesForm, { panel, limits, changed }),
    html`
      <dl class="fixed-limits">
        <div><dt>${t('Overlays')}</dt><dd>${number(limits.overlays)}</dd></div>
        <div><dt>${t('API keys')}</dt><dd>${number(limits.keys)}</dd></div>
        <div><dt>${t('Calls that push messages, a second')}</dt><dd>${number(limits.pushes)}</dd></div>
      </dl>
      <p class="faint">${t('These are the same everywhere. How much of them each channel uses stands beside its account.')}</p>
    `,
  )
}

function BytesForm({ panel, limits, changed }: LimitsProps): View {
  const typed = useSignal(String(limits.bytes / GB))
  const wanted = gigabytesOf(typed.value)
  const form = useForm(
    async () => {
      if (wanted === null) return
      await panel.api.setInstance({ channelBytes: Math.round(wanted * GB) })
      panel.toasts.ok(
        t('Each channel may keep {n} GB of transcripts.', {
          n: wanted.toLocaleString(spoken.value.locale, { maximumFractionDigits: 4 }),
        }),
      )
      changed()
    },
    (): Record<string, string> => (wanted === null ? { bytes: outOfBounds() } : {}),
  )
  const same = wanted !== null && Math.round(wanted * GB) === limits.bytes
  return html`
    <form class="limit-form" onSubmit=${form.onSubmit} novalidate>
      ${h(BoundText, {
        to: typed,
        id: 'limit-bytes',
        label: t('Transcripts, GB'),
        hint: t('A stream that runs is never cut; once it is reached, the next one does not begin.'),
        error: form.fields.value.bytes,
        input: { inputmode: 'decimal', autocomplete: 'off', maxlength: 12 },
      })}
      ${h(Button, { label: t('Save limit'), submit: true, off: same || form.busy.value })}
    </form>
    ${h(FormError, { form })}
  `
}

function outOfBounds(): string {
  return t('A number from {least} to {most}.', {
    least: LEAST.toLocaleString(spoken.value.locale, { maximumFractionDigits: 4 }),
    most: MOST,
  })
}

/** Of what was typed; null = nothing that may be. */
function gigabytesOf(text: string): number | null {
  const value = typedNumber(text)
  return value !== null && value >= LEAST && value <= MOST ? value : null
}
