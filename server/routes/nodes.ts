import { NodesAnswer } from '../answers/nodes.ts'
import type { OfNode } from '../api/instance.ts'
import type { NodesView, NodeView } from '../api/nodes.ts'
import type { House } from '../house.ts'
import { type Route, route } from './route.ts'

/** The servers that share the channels, for the owner of the instance. */
export function nodes({ nodes }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/instance/nodes',
        who: 'owner',
        does: 'Says how each of the servers is that share the channels, and sums them up. Whichever answers, it knows of all.',
        gives: NodesAnswer,
      },
      (): NodesView => {
        const items = nodes.all()
        return { items, whole: sumOf(items.filter(({ silent }) => !silent)) }
      },
    ),
  ]
}

/** Says which of several servers answers. */
export function ofNode({ homes, nodes }: House): OfNode {
  return homes === null ? {} : { node: nodes.id }
}

function sumOf(nodes: readonly NodeView[]): NodesView['whole'] {
  const sum = (of: (node: NodeView) => number) => nodes.reduce((all, node) => all + of(node), 0)
  return {
    nodes: nodes.length,
    channels: sum(({ channels }) => channels),
    sockets: sum(({ sockets }) => sockets),
    eventsPerSecond: sum(({ eventsPerSecond }) => eventsPerSecond),
    cpu: sum(({ cpu }) => cpu),
    memory: sum(({ memory }) => memory),
  }
}
