import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import { Check, CirclePlay, Link, MonitorPlay, Send, X } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import { anyOf, t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { CopyButton } from '../parts/copy.ts'
import { Icon } from '../parts/icon.ts'
import { StartDialog } from '../parts/start-dialog.ts'
import { hrefOf } from '../router.ts'
import { doneNow, STEPS, type Step } from '../state/checklist.ts'
import { placeOf } from '../state/obs.ts'
import type { Panel } from '../state/panel.ts'
import { sendTest } from '../state/test-message.ts'

/** From nothing to a first stream, a step at a time, each with its light. */
export function Checklist({ panel }: { panel: Panel }): View | null {
  const { checklist } = panel
  const followed = useComputed(() => platformsOf(panel).map(({ id }) => isFollowed(panel, id)))
  useSignalEffect(() => checklist.remember(doneNow(panel.feed.value, followed.value)))
  const { hidden, done } = checklist.kept.value
  if (hidden) return null
  const next = STEPS.find((step) => !done.includes(step)) ?? null
  const hide = h(Button, {
    label: t('Hide checklist'),
    icon: X,
    tone: 'ghost',
    bare: true,
    onPress: () => checklist.hide(),
  })
  return h(
    Card,
    {
      id: 'checklist',
      title: t('First steps'),
      class: 'checklist-card',
      aside: html`<span class="checklist-count">${t('{n} of {most}', { n: done.length, most: STEPS.length })}</span>${hide}`,
    },
    html`
      <ol class="checklist">${STEPS.map((step) => h(Item, { panel, step, done: done.includes(step), next: step === next }))}</ol>
      ${next === null && html`<p class="checklist-all" role="status">${t('All set. Have a good stream!')}</p>`}
    `,
  )
}

const platformsOf = (panel: Panel) => [...panel.abouts.value.values()]
const isFollowed = ({ sources }: Panel, id: string) => (sources.views.value?.get(id)?.channel ?? null) !== null

interface ItemProps {
  panel: Panel
  step: Step
  done: boolean
  /** The first that is not done: its ways stand open. */
  next: boolean
}

function Item({ panel, step, done, next }: ItemProps): View {
  return html`
    <li class="check" data-done=${done ? '' : undefined} data-next=${next ? '' : undefined}>
      <span class="check-light">${done && h(Icon, { icon: Check, size: 14 })}</span>
      <div class="check-body">
        <p class="check-title">${titleOf(panel, step)}<span class="unseen">, ${done ? t('done') : t('to do')}</span></p>
        ${step === 'overlay' && h(Connection, { panel })}
        ${!done && WAYS[step](panel)}
      </div>
    </li>
  `
}

function titleOf(panel: Panel, step: Step): string {
  const [first, ...others] = platformsOf(panel).map(({ label }) => label)
  if (step === 'overlay') return t('Put the overlay into OBS')
  if (step === 'test') return t('Send a test message')
  if (step === 'stream') return t('Start your first stream')
  const platform = step === 'others' ? anyOf(others) : (first ?? '')
  return platform === '' ? t('Connect a platform') : t('Connect {platform}', { platform })
}

/** What the overlay's light says. */
function Connection({ panel }: { panel: Panel }): View {
  const [client] = panel.feed.value.status?.overlays ?? []
  const word =
    client === undefined ? t('Waiting for your overlay…') : t('Connected from {place}', { place: placeOf(client) })
  return html`
    <p class="check-connection" role="status">
      <span class="light" data-light=${client === undefined ? 'waiting' : 'on'}></span>${word}
    </p>
  `
}

const WAYS: Record<Step, (panel: Panel) => ComponentChildren> = {
  overlay: (panel) => h(IntoObs, { panel }),
  test: (panel) =>
    h(Button, { label: t('Send test message'), icon: Send, tone: 'primary', onPress: () => void sendTest(panel) }),
  first: (panel) =>
    platformsOf(panel)
      .slice(0, 1)
      .map(({ id }) => connect({ id, label: t('Connect') })),
  others: (panel) => platformsOf(panel).slice(1).map(connect),
  stream: (panel) => h(Begin, { panel }),
}

function connect({ id, label }: { id: string; label: string }): View {
  const href = hrefOf({ page: 'accounts', platform: id })
  return html`<a class="button button-plain" href=${href}>${h(Icon, { icon: Link })}<span>${label}</span></a>`
}

function IntoObs({ panel }: { panel: Panel }): View | null {
  const overlay = panel.overlays.value?.[0]
  if (overlay === undefined) return null
  const more = () => {
    panel.desk.tab.value = 'obs'
    requestAnimationFrame(() => document.getElementById('obs-card')?.scrollIntoView({ block: 'start' }))
  }
  return html`
    ${h(CopyButton, { text: overlay.url, label: t('Copy address') })}
    ${h(Button, { label: t('How…'), icon: MonitorPlay, tone: 'ghost', onPress: more })}
  `
}

function Begin({ panel }: { panel: Panel }): View {
  const starting = useSignal(false)
  const set = (open: boolean) => () => {
    starting.value = open
  }
  return html`
    ${h(Button, { label: t('Start a stream'), icon: CirclePlay, onPress: set(true) })}
    ${starting.value && h(StartDialog, { panel, onClose: set(false) })}
  `
}
