import { LogAnswer } from '../answers/instance.ts'
import { LogQuery, type LogView } from '../api/instance.ts'
import type { House } from '../house.ts'
import { ofNode } from './nodes.ts'
import { type Route, route } from './route.ts'

/** The end of the log, for the owner of the instance. */
export function logTail(house: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/instance/log',
        who: 'owner',
        does: 'Gives the newest lines of the log, secrets struck out; `after` = the last one that was read.',
        query: LogQuery,
        ofNode: true,
        gives: LogAnswer,
      },
      ({ query: { after, level, limit } }): LogView => ({
        ...ofNode(house),
        ...house.logTail.read(after, level, limit),
        level: house.config.logLevel,
      }),
    ),
  ]
}
