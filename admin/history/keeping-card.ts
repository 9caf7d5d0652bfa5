import { useSignal } from '@preact/signals'
import { UserX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { ErasureView, RetentionView } from '../../server/api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Field } from '../parts/field.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { EraseDialog } from './erase-dialog.ts'

const CHOICES: readonly (number | null)[] = [null, 30, 90, 180, 365]
/** How often a running erasure is looked at. */
const LOOK_EVERY_MS = 1_000

/** How long streams are kept, and taking a viewer out of them. */
export function KeepingCard({ panel }: { panel: Panel }): View {
  const retention = useMemo(() => new Resource<RetentionView>(() => panel.api.retention()), [])
  const erasures = useMemo(() => new Resource<{ items: ErasureView[] }>(() => panel.api.erasures()), [])
  const erasing = useSignal(false)
  useEffect(() => {
    void retention.load()
    void erasures.load()
  }, [])
  const loaded = retention.now.value
  return html`
    <section class="card" aria-labelledby="keeping-title">
      <header class="card-head"><h2 id="keeping-title">${t('What is kept')}</h2></header>
      <div class="keeping">
        ${loaded.state === 'ready' && h(Days, { panel, days: loaded.value.days, saved: (view) => retention.set(view) })}
        <div class="keeping-erase">
          <p class="muted">${t('A viewer may want to be forgotten: their words, name and picture leave every transcript.')}</p>
          ${h(Button, { label: t('Erase a viewer…'), icon: UserX, onPress: () => (erasing.value = true) })}
        </div>
        ${h(Running, { erasures })}
      </div>
      ${erasing.value && h(EraseDialog, { panel, begun: () => void erasures.load(), onClose: () => (erasing.value = false) })}
    </section>
  `
}

interface DaysProps {
  panel: Panel
  days: number | null
  saved: (view: RetentionView) => void
}

function Days({ panel, days, saved }: DaysProps): View {
  /** What was chosen and would take streams away at once. */
  const doubtful = useSignal<RetentionView | null>(null)
  const save = async (wanted: number | null) => {
    try {
      saved(await panel.api.setRetention(wanted))
      panel.toasts.ok(
        wanted === null ? t('Streams are kept for ever.') : t('Streams are kept for {n} days.', { n: wanted }),
      )
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    }
    doubtful.value = null
  }
  const pick = async (wanted: number | null) => {
    try {
      const view = await panel.api.setRetention(wanted, true)
      if (view.due === 0) await save(wanted)
      else doubtful.value = view
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    }
  }
  const choices = CHOICES.includes(days) ? CHOICES : [...CHOICES, days]
  const chosen = doubtful.value === null ? days : doubtful.value.days
  const onChange = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement
    void pick(value === '' ? null : Number(value))
  }
  return html`
    ${h(Field, {
      id: 'retention',
      label: t('Keep streams'),
      hint: t('Counted from the end of each. What is older goes for good, without the 7 days of a deleted one.'),
      control: (tied) => html`
        <select ...${tied} value=${String(chosen ?? '')} onChange=${onChange}>
          ${choices.map((choice) => html`<option value=${String(choice ?? '')}>${choice === null ? t('for ever') : tn(choice, '{n} day', '{n} days')}</option>`)}
        </select>
      `,
    })}
    ${doubtful.value !== null && h(Doubt, { view: doubtful.value, save, onClose: () => (doubtful.value = null) })}
  `
}

interface DoubtProps {
  view: RetentionView
  save: (days: number | null) => Promise<void>
  onClose: () => void
}

function Doubt({ view, save, onClose }: DoubtProps): View {
  return h(
    Dialog,
    { id: 'retention-doubt', title: t('Keep streams for {n} days?', { n: view.days ?? 0 }), onClose },
    html`<p>${tn(view.due, '{n} stream is older than that and will be removed within minutes. This cannot be undone.', '{n} streams are older than that and will be removed within minutes. This cannot be undone.')}</p>`,
    html`<div class="button-row">${h(Button, { label: t('Remove and keep to it'), tone: 'danger', onPress: () => void save(view.days) })}${h(Button, { label: t('Cancel'), onPress: onClose })}</div>`,
  )
}

function Running({ erasures }: { erasures: Resource<{ items: ErasureView[] }> }): View | null {
  const loaded = erasures.now.value
  const [newest] = loaded.state === 'ready' ? loaded.value.items : []
  const running = newest !== undefined && newest.finishedAt === null
  useEffect(() => {
    if (!running) return
    const timer = setTimeout(() => void erasures.load(), LOOK_EVERY_MS)
    return () => clearTimeout(timer)
  }, [loaded])
  if (newest === undefined) return null
  if (running) {
    return html`<p role="status"><progress value=${newest.done} max=${Math.max(1, newest.total)}></progress> ${t('Erasing: {done} of {total} steps', { done: newest.done, total: newest.total })}</p>`
  }
  return html`<p role="status" class="muted">${tn(newest.events, 'The last erasure is done: {n} message erased.', 'The last erasure is done: {n} messages erased.')}</p>`
}
