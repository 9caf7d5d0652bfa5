import { PlatformsAnswer } from '../answers/source.ts'
import type { PlatformsView } from '../api/sources.ts'
import type { House } from '../house.ts'
import { type Route, route } from './route.ts'

/** What the worker says it knows, as data. */
export function platforms({ line }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/platforms',
        who: 'person',
        does: 'Lists the platforms and the scenarios of the simulator.',
        gives: PlatformsAnswer,
      },
      (): PlatformsView => ({ items: line.platforms(), scenarios: line.scenarios() }),
    ),
  ]
}
