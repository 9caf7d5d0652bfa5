import { useSignal } from '@preact/signals'
import { CircleStop, Zap } from 'lucide'
import { h } from 'preact'
import type { RunView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Progress, useProgress } from './burst.ts'
import { Button } from './button.ts'
import { FormError, useForm } from './form.ts'

export const STRESS = { count: 5_000, perSecond: 500 } as const

/** Sends a burst of simulated messages the whole way, on the owner's own channel. */
export function EngineStress({ panel }: { panel: Panel }): View {
  const run = useSignal<RunView | null>(null)
  const running = run.value !== null && !run.value.finished
  const form = useForm(async () => {
    run.value = await panel.api.startRun(STRESS)
  })
  useProgress(panel, run, running)
  const stop = () => {
    if (run.value) void panel.api.stopRun(run.value.id).catch((error: Error) => panel.toasts.failed(error))
    run.value = null
  }
  return html`
    <form class="stress" onSubmit=${form.onSubmit} aria-describedby="stress-note">
      ${run.value && h(Progress, { run: run.value })}
      ${
        // Two buttons and not one that changes: the press that stops would send the form.
        running
          ? h(Button, { key: 'stop', label: t('Stop'), icon: CircleStop, onPress: stop })
          : h(Button, {
              key: 'stress',
              label: t('Stress'),
              icon: Zap,
              tone: 'primary',
              submit: true,
              off: form.busy.value,
            })
      }
      ${h(FormError, { form })}
    </form>
  `
}
