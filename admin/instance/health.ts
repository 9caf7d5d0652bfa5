import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { ConnectorView, InstanceView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Card } from '../parts/card.ts'
import { Light } from '../parts/light.ts'
import { Mark } from '../parts/mark.ts'
import { type SourceState, wordOf } from '../state/condition.ts'
import { EngineWatch } from '../state/engine-watch.ts'
import { number } from '../state/format.ts'
import { type Health, healthOf } from '../state/health.ts'
import type { Panel } from '../state/panel.ts'

/** How everything is, in one look; the engine room has the rest. */
export function HealthCard({ panel, view }: { panel: Panel; view: InstanceView }): View {
  const watch = useMemo(() => new EngineWatch(panel.api.engine, document), [])
  useEffect(() => {
    watch.start()
    return () => watch.stop()
  }, [])
  const engine = watch.state.value.samples.at(-1) ?? null
  const aside = html`<a href="#/engine">${t('Engine room')}</a>`
  return h(
    Card,
    { id: 'health', title: t('Health'), aside, class: 'instance-card' },
    html`
      <dl class="health">${healthOf(view, engine).map((each) => h(Figure, { key: each.label, health: each }))}</dl>
      <h3 class="instance-sub">${t('Connectors')}</h3>
      <ul class="connectors">${view.platforms.map((each) => h(Connector, { key: each.platform, panel, connector: each }))}</ul>
    `,
  )
}

function Figure({ health: { label, value, more, tone } }: { health: Health; key?: string }): View {
  return html`<div data-tone=${tone}><dt>${label}</dt><dd>${value}<small>${more}</small></dd></div>`
}

interface ConnectorProps {
  panel: Panel
  connector: ConnectorView
  key?: string
}

function Connector({ panel, connector: { platform, label, states } }: ConnectorProps): View {
  const counted = Object.entries(states) as [SourceState, number][]
  return html`
    <li>
      ${h(Mark, { id: platform, about: panel.abouts.value.get(platform), quiet: true })}
      <strong>${label}</strong>
      ${
        counted.length === 0
          ? html`<span class="muted">${t('Nobody follows a channel here')}</span>`
          : counted.map(
              ([state, count]) =>
                html`<span class="connector-state">${h(Light, { state })}${number(count)} ${wordOf(state)}</span>`,
            )
      }
    </li>
  `
}
