import { type Signal, useSignal } from '@preact/signals'
import { KeyRound, Trash2, UserCheck, UserX } from 'lucide'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import type { ChannelLimits, PageView, TenantView } from '../../server/api.ts'
import { type ApiError, asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t, tn, tx } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, machineTime, number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { bytes } from '../state/units.ts'
import { RemoveDialog, ResetDialog, SuspendDialog } from './tenant-dialogs.ts'

interface TenantsProps {
  panel: Panel
  limits: ChannelLimits
  changed: () => void
}

/** All who have an account here, and what their channels use. */
export function TenantsCard({ panel, limits, changed }: TenantsProps): View {
  const page = useSignal<PageView<TenantView> | null>(null)
  const failed = useSignal<ApiError | null>(null)
  const load = async () => {
    failed.value = null
    try {
      page.value = await panel.api.tenants(null)
    } catch (thrown) {
      failed.value = asApiError(thrown)
    }
  }
  useEffect(() => void load(), [])
  const reload = () => {
    void load()
    changed()
  }
  return h(
    Card,
    { id: 'tenants', title: t('Accounts|of people'), class: 'instance-card' },
    html`
      ${page.value === null && failed.value === null && h(Skeleton, { rows: 3 })}
      ${failed.value !== null && h(Failed, { what: t('The accounts could not be loaded.'), error: failed.value, again: () => void load() })}
      ${page.value !== null && h(List, { panel, limits, page, changed: reload })}
    `,
  )
}

interface ListProps extends TenantsProps {
  page: Signal<PageView<TenantView> | null>
}

function List({ panel, limits, page, changed }: ListProps): View {
  const { items, next } = page.value ?? { items: [], next: null }
  const more = useAction(panel, async () => {
    const further = await panel.api.tenants(next)
    page.value = { items: [...items, ...further.items], next: further.next }
  })
  return html`
    <ul class="tenants">${items.map((tenant) => h(Tenant, { key: tenant.id, panel, limits, tenant, changed }))}</ul>
    ${next !== null && h(Button, { label: t('Show more'), off: more.busy, onPress: more.run })}
  `
}

interface TenantProps extends TenantsProps {
  tenant: TenantView
  key?: string
}

function Tenant({ panel, limits, tenant, changed }: TenantProps): View {
  const asking = useSignal<'suspend' | 'remove' | 'reset' | null>(null)
  const ask = (what: 'suspend' | 'remove' | 'reset') => () => {
    asking.value = what
  }
  const shared = {
    panel,
    tenant,
    onClose: () => {
      asking.value = null
    },
    changed,
  }
  const back = useAction(panel, async () => {
    await panel.api.suspend(tenant.id, false)
    panel.toasts.ok(t('{name} may sign in again.', { name: tenant.username }))
    changed()
  })
  const { username, owner, suspendedAt } = tenant
  return html`
    <li class="tenant" data-suspended=${suspendedAt === null ? undefined : ''}>
      ${h(Person, { tenant })}
      ${h(Use, { use: tenant.use, limits })}
      <div class="tenant-tools">
        ${tool(t('Link for a new password of {name}', { name: username }), KeyRound, ask('reset'))}
        ${!owner && suspendedAt === null && tool(t('Suspend {name}', { name: username }), UserX, ask('suspend'))}
        ${!owner && suspendedAt !== null && tool(t('Let {name} in again', { name: username }), UserCheck, back.run)}
        ${!owner && tool(t('Remove {name}', { name: username }), Trash2, ask('remove'))}
      </div>
      ${asking.value === 'suspend' && h(SuspendDialog, shared)}
      ${asking.value === 'remove' && h(RemoveDialog, shared)}
      ${asking.value === 'reset' && h(ResetDialog, shared)}
    </li>
  `
}

function tool(label: string, icon: typeof UserX, onPress: () => void): View {
  return h(Button, { label, icon, tone: 'ghost', bare: true, onPress })
}

function Person({ tenant }: { tenant: TenantView }): View {
  const { username, owner, channel, createdAt, seenAt, suspendedAt } = tenant
  return html`
    <div class="tenant-person">
      <p>
        <strong><bdi>${username}</bdi></strong>
        ${owner && html` <span class="scope">${t('owner')}</span>`}
        ${suspendedAt !== null && html` <span class="scope tenant-suspended">${t('suspended')}</span>`}
      </p>
      <p class="muted">${channel === null ? t('No channel') : tx('Channel {name}', { name: html`<bdi>${channel.name}</bdi>` })}</p>
      <p class="faint">${tx('Since {time}', { time: moment(createdAt) })}</p>
      <p class="faint">${seenAt === null ? t('Not seen yet') : tx('Last here {time}', { time: moment(seenAt) })}</p>
    </div>
  `
}

function moment(at: number): View {
  return html`<time datetime=${machineTime(at)}>${dayAndTime(at)}</time>`
}

function Use({ use, limits }: { use: TenantView['use']; limits: ChannelLimits }): View {
  const streams =
    use.oldest === null
      ? tn(use.streams, '{n} stream', '{n} streams')
      : tn(use.streams, '{n} stream, the oldest of {time}', '{n} streams, the oldest of {time}', {
          time: dayAndTime(use.oldest),
        })
  return html`
    <dl class="tenant-use">
      ${part(t('Transcripts'), use.bytes, limits.bytes, bytes, streams)}
      ${part(t('Overlays'), use.overlays, limits.overlays, number)}
      ${part(t('API keys'), use.keys, limits.keys, number)}
      ${part(t('Pushes a second'), use.pushes, limits.pushes, number)}
    </dl>
  `
}

function part(label: string, used: number, most: number, write: (value: number) => string, more = ''): View {
  const words = t('{n} of {most}', { n: write(used), most: write(most) })
  return html`
    <div data-full=${used >= most ? '' : undefined}>
      <dt>${label}</dt>
      <dd>
        ${words}
        <meter aria-label=${label} min="0" max=${most} high=${most * SCARCE} optimum="0" value=${Math.min(used, most)} aria-valuetext=${words}></meter>
        ${more !== '' && html`<small>${more}</small>`}
      </dd>
    </div>
  `
}

const SCARCE = 0.8
