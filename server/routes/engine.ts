import { EngineAnswer } from '../answers/instance.ts'
import type { EngineView } from '../api/engine.ts'
import { OfNodeQuery } from '../api/instance.ts'
import type { House } from '../house.ts'
import { ofNode } from './nodes.ts'
import { type Route, route } from './route.ts'

/** How the line runs right now, for the owner of the instance. */
export function engine(house: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/instance/engine',
        who: 'owner',
        does: 'Measures the ring, its lock, both threads and the way to the sockets, over the last second.',
        query: OfNodeQuery,
        ofNode: true,
        gives: EngineAnswer,
      },
      (): EngineView => ({ ...ofNode(house), ...house.engine.look() }),
    ),
  ]
}
