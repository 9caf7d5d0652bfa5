import { LockKeyhole } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { InstanceView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { duration } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { AddressesCard } from './addresses.ts'
import { BackupCard } from './backup.ts'
import { HealthCard } from './health.ts'
import { LimitsCard } from './limits.ts'
import { LogCard } from './log.ts'
import { NodesCard } from './nodes.ts'
import { RegistrationCard } from './registration.ts'
import { TenantsCard } from './tenants.ts'

/** How often the figures are asked for anew while the page is seen. */
const LOOK_EVERY_MS = 5_000
const NOT_THERE = 404

/** The whole instance, for its owner. */
export function Instance({ panel }: { panel: Panel }): View {
  useTitle(t('Instance'))
  const owner = panel.me.value?.account.owner === true
  const instance = useMemo(() => new Resource<InstanceView>(panel.api.instance), [])
  const looked = panel.api.looked.value
  useEffect(() => (owner ? lookAt(instance) : undefined), [owner])
  useEffect(() => {
    if (looked !== '') void instance.refresh()
  }, [looked])
  const loaded = instance.now.value
  const allowed = owner && !(loaded.state === 'failed' && loaded.error.status === NOT_THERE)
  return html`
    <div class="page instance">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Instance')}</h1>
        ${loaded.state === 'ready' && html`<p class="muted">${t('CrossChat {version}, up for {time}', { version: loaded.value.version, time: duration(loaded.value.uptime * 1_000) })}</p>`}
      </header>
      ${!allowed && h(Empty, { icon: LockKeyhole, text: t('This page is for the owner of this instance. Ask them if you need something here.') })}
      ${allowed && loaded.state === 'loading' && h(Skeleton, { rows: 8 })}
      ${
        allowed &&
        loaded.state === 'failed' &&
        h(Failed, {
          what: t('The instance could not be looked at. Everything goes on as before.'),
          error: loaded.error,
          again: () => void instance.load(),
        })
      }
      ${allowed && loaded.state === 'ready' && h(Whole, { panel, instance, view: loaded.value })}
    </div>
  `
}

interface WholeProps {
  panel: Panel
  instance: Resource<InstanceView>
  view: InstanceView
}

function Whole({ panel, instance, view }: WholeProps): View {
  const changed = () => void instance.load()
  return html`
    ${h(NodesCard, { panel })}
    ${h(HealthCard, { panel, view })}
    ${h(TenantsCard, { panel, limits: view.settings.limits, changed })}
    <div class="instance-pair">
      ${h(RegistrationCard, { panel, settings: view.settings, changed })}
      ${h(LimitsCard, { panel, limits: view.settings.limits, changed })}
    </div>
    ${h(AddressesCard, { panel, addresses: view.addresses })}
    ${h(BackupCard, { panel, view })}
    ${h(LogCard, { panel })}
  `
}

/** What was there last stays while an answer is missing. */
function lookAt(instance: Resource<InstanceView>): () => void {
  void instance.load()
  const timer = setInterval(() => {
    if (!document.hidden) void instance.refresh()
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
