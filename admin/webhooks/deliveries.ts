import { useSignal } from '@preact/signals'
import { Check, CircleAlert } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { DeliveryView, WebhookView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Icon } from '../parts/icon.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { outcomeOf } from './words.ts'

/** Shown of those that are kept. */
const SHOWN = 20

/** The last tries, looked up when somebody opens them. */
export function Deliveries({ panel, view }: { panel: Panel; view: WebhookView }): View {
  const open = useSignal(false)
  const onToggle = (event: Event) => {
    open.value = (event.currentTarget as HTMLDetailsElement).open
  }
  const { last } = view
  return html`
    <details class="webhook-deliveries" onToggle=${onToggle}>
      <summary>${summaryOf(last)}</summary>
      ${open.value && h(Tries, { panel, id: view.id, newest: last === null ? 0 : last.at })}
    </details>
  `
}

function summaryOf(last: DeliveryView | null): string {
  if (last === null) return t('No deliveries since the server was started')
  const time = dayAndTime(last.at)
  return last.error === null ? t('Last delivery {time}: taken', { time }) : t('Last delivery {time}: failed', { time })
}

function Tries({ panel, id, newest }: { panel: Panel; id: string; newest: number }): View {
  const tries = useMemo(() => new Resource<DeliveryView[]>(async () => (await panel.api.deliveries(id)).items), [])
  useEffect(() => void tries.load(), [newest])
  const loaded = tries.now.value
  if (loaded.state === 'loading') return h(Skeleton, { rows: 2 })
  if (loaded.state === 'failed') {
    return h(Failed, { what: t('They could not be loaded.'), error: loaded.error, again: () => void tries.load() })
  }
  if (loaded.value.length === 0) return html`<p class="muted">${t('Nothing has been sent yet.')}</p>`
  return html`
    <ol class="webhook-tries">
      ${loaded.value.slice(0, SHOWN).map(
        (each) => html`
          <li data-failed=${each.error === null ? undefined : ''}>
            ${h(Icon, { icon: each.error === null ? Check : CircleAlert, size: 16 })}
            <span>${outcomeOf(each)}</span>
            <time class="faint" datetime=${machineTime(each.at)}>${dayAndTime(each.at)}</time>
          </li>
        `,
      )}
    </ol>
  `
}
