import { Fragment, h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { NodesView, NodeView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn, told } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { dayAndTime, since } from '../state/format.ts'
import type { Health } from '../state/health.ts'
import { conditionOf, figuresOf, sumsOf } from '../state/nodes.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

const LOOK_EVERY_MS = 2_000

/** The servers that share the channels, where there are several: each of them, and their sums. */
export function NodesCard({ panel }: { panel: Panel }): View {
  const nodes = useMemo(() => new Resource<NodesView>(panel.api.nodes), [])
  useEffect(() => {
    void nodes.load()
    const timer = setInterval(() => {
      if (!document.hidden) void nodes.refresh()
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const view = nodes.value
  if (view === null || view.items.every(({ redis }) => redis === null)) return h(Fragment, {})
  return h(
    Card,
    { id: 'nodes', title: t('Servers'), class: 'instance-card' },
    html`
      <div class="node">
        <p class="node-head"><strong>${t('All together')}</strong><span class="muted">${tn(view.whole.nodes, '{n} server answers', '{n} servers answer')}</span></p>
        ${h(Figures, { all: sumsOf(view.whole) })}
      </div>
      <ul class="nodes">${[...view.items].sort(byId).map((node) => h(Node, { key: node.id, panel, node }))}</ul>
      <p class="faint">${t('Health, log and engine room are of the server that you look at.')}</p>
    `,
  )
}

/** Each stays where it stands, whichever answers. */
const byId = (one: NodeView, other: NodeView) => (one.id < other.id ? -1 : 1)

function Node({ panel, node }: { panel: Panel; node: NodeView; key?: string }): View {
  const { looked } = panel.api
  const { value, tone } = conditionOf(node)
  const { lastError, id } = node
  const look = () => {
    looked.value = id
  }
  return html`
    <li class="node" data-tone=${tone} data-silent=${node.silent ? '' : undefined}>
      <p class="node-head">
        <code>${id}</code>
        <span class="node-condition">${value}</span>
        <span class="muted">${t('for {time}', { time: since(Date.now() - node.startedAt) })}</span>
        ${!node.silent && h(Button, { label: t('Look at this one'), says: `${t('Look at this one')} ${id}`, tone: 'ghost', pressed: looked.value === id, onPress: look })}
      </p>
      ${h(Figures, { all: figuresOf(node) })}
      ${lastError !== null && html`<p class="node-error"><span class="muted">${t('Last error, {time}:', { time: dayAndTime(lastError.at) })}</span> ${told(lastError.message)}</p>`}
    </li>
  `
}

function Figures({ all }: { all: Pick<Health, 'label' | 'value' | 'tone'>[] }): View {
  return html`
    <dl class="node-figures">${all.map(({ label, value, tone }) => html`<div><dt>${label}</dt><dd data-tone=${tone}>${value}</dd></div>`)}</dl>
  `
}
