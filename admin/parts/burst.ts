import { type Signal, useSignal } from '@preact/signals'
import { CircleStop, Zap } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { PlatformsView, RunView } from '../../server/api.ts'
import { ApiError, asApiError, type RunAsk } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { duration } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Field } from './field.ts'
import { FormError, type FormState, useForm } from './form.ts'
import { Mark } from './mark.ts'
import { NumberField } from './number-field.ts'

interface BurstProps {
  panel: Panel
  platforms: PlatformsView
}
const POLL_MS = 500
const MAX_COUNT = 10_000
const MAX_RATE = 500
const MAX_SEED = 0xffff_ffff
const MAX_PARTS = 10

/** A seeded run of many messages: the same seed gives the same chat. */
export function Burst({ panel, platforms }: BurstProps): View {
  const ask = useSignal<RunAsk>({ count: 100, perSecond: 10, seed: 1, ...firstScenario(platforms) })
  const { run } = panel.desk
  const running = run.value !== null && !run.value.finished
  const goesOn = useMemo(() => run.peek() !== null, [])
  const form = useForm(
    async () => {
      run.value = await panel.api.startRun(ask.value)
    },
    (): Record<string, string> => {
      const { mix } = ask.value
      const silent = mix !== undefined && Object.values(mix).every((parts) => parts === 0)
      return silent ? { mix: t('Give at least one platform a part.') } : {}
    },
  )
  useProgress(panel, run, running)
  const stop = () => {
    if (run.value) void panel.api.stopRun(run.value.id).catch((error: Error) => panel.toasts.failed(error))
    run.value = null
  }
  return html`
    <details class="burst" open=${goesOn}>
      <summary>${t('Burst')}</summary>
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${h(Ask, { ask, platforms, form })}
        ${h(FormError, { form })}
        <div class="send-row">
          ${run.value && h(Progress, { run: run.value })}
          ${
            // Two buttons and not one that changes: the press that stops would send the form.
            running
              ? h(Button, { key: 'stop', label: t('Stop'), icon: CircleStop, onPress: stop })
              : h(Button, { key: 'start', label: t('Start'), icon: Zap, submit: true, off: form.busy.value })
          }
        </div>
      </form>
    </details>
  `
}

function firstScenario({ scenarios }: PlatformsView): Pick<RunAsk, 'scenario'> {
  return scenarios[0] ? { scenario: scenarios[0].id } : {}
}

function Ask({ ask, platforms, form }: { ask: Signal<RunAsk>; platforms: PlatformsView; form: FormState }): View {
  const set = (change: Partial<RunAsk>) => {
    ask.value = { ...ask.value, ...change }
  }
  const { count, perSecond, seed = 1, scenario } = ask.value
  const complaints = form.fields.value
  return html`
    ${
      platforms.scenarios.length > 0 &&
      h(Field, {
        id: 'run-scenario',
        label: t('Scenario'),
        control: (tied) => html`
        <select ...${tied} value=${scenario} onChange=${(event: Event) => set({ scenario: (event.currentTarget as HTMLSelectElement).value })}>
          ${platforms.scenarios.map(({ id, label }) => html`<option value=${id}>${told(label)}</option>`)}
        </select>
      `,
      })
    }
    ${platforms.items.length > 1 && h(Mix, { platforms, mix: ask.value.mix ?? {}, set: (mix) => set({ mix }), error: complaints.mix })}
    <div class="field-row">
      ${h(NumberField, { id: 'run-count', label: t('Count'), value: count, range: [1, MAX_COUNT], onNumber: (value) => set({ count: value }), error: complaints.count })}
      ${h(NumberField, { id: 'run-rate', label: t('Per second'), value: perSecond, range: [1, MAX_RATE], onNumber: (value) => set({ perSecond: value }), error: complaints.perSecond })}
      ${h(NumberField, { id: 'run-seed', label: t('Seed'), value: seed, range: [0, MAX_SEED], onNumber: (value) => set({ seed: value }), error: complaints.seed })}
    </div>
    <p class="field-hint">${t('Takes {time}.', { time: duration((count / perSecond) * 1_000) })}</p>
  `
}

interface MixProps {
  platforms: PlatformsView
  mix: Readonly<Record<string, number>>
  set: (mix: Record<string, number>) => void
  error: string | undefined
}

/** How much each platform sends, in parts of all. */
function Mix({ platforms, mix, set, error }: MixProps): View {
  const parts = Object.fromEntries(platforms.items.map(({ id }) => [id, mix[id] ?? 1]))
  const onInput = (id: string) => (event: InputEvent) => {
    const typed = (event.currentTarget as HTMLInputElement).valueAsNumber
    if (Number.isFinite(typed)) set({ ...parts, [id]: Math.min(MAX_PARTS, Math.max(0, Math.round(typed))) })
  }
  return html`
    <fieldset class="mix">
      <legend class="label">${t('Mix')}</legend>
      ${platforms.items.map(
        (about) => html`
          <label>
            ${h(Mark, { id: about.id, about, quiet: true })}<span class="unseen">${about.label}</span>
            <input type="range" id=${`mix-${about.id}`} min="0" max=${MAX_PARTS} step="1" value=${parts[about.id]} onInput=${onInput(about.id)} />
            <input type="number" aria-label=${t('Parts of {platform}', { platform: about.label })} min="0" max=${MAX_PARTS} step="1" value=${parts[about.id]} onInput=${onInput(about.id)} />
          </label>
        `,
      )}
      ${error && html`<p class="field-error">${error}</p>`}
    </fieldset>
  `
}

export function Progress({ run }: { run: RunView }): View {
  const words = run.finished ? t('Sent {n}', { n: run.made }) : t('{n} of {most}', { n: run.made, most: run.count })
  return html`
    <div class="progress">
      <progress max=${run.count} value=${run.made} aria-label=${t('Messages sent')}></progress>
      <span class="faint">${words}</span>
    </div>
  `
}

export function useProgress(panel: Panel, run: Signal<RunView | null>, running: boolean): void {
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => void poll(panel, run), POLL_MS)
    return () => clearInterval(timer)
  }, [running])
}

/** A run that the server no longer knows has ended. */
async function poll(panel: Panel, run: Signal<RunView | null>): Promise<void> {
  const asked = run.peek()
  if (!asked) return
  try {
    const view = await panel.api.run(asked.id)
    if (run.peek()?.id === view.id) run.value = view
  } catch (thrown) {
    const error = asApiError(thrown)
    if (error instanceof ApiError && error.status === 404 && run.peek()?.id === asked.id) run.value = null
  }
}
