import { SessionAnswer } from '../answers/account.ts'
import { listOf } from '../answers/shapes.ts'
import type { SessionView } from '../api/accounts.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { type Route, route } from './route.ts'

/** Sessions listed; those used last come first. */
const MAX_LISTED = 100

/** Where somebody is signed in, and how to end that. */
export function sessions({ sessions, hub, log }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/auth/sessions',
        who: 'person',
        does: 'Lists where one is signed in.',
        gives: listOf(SessionAnswer),
      },
      async ({ caller }): Promise<{ items: SessionView[] }> => {
        const known = (await sessions.known(caller.account)).slice(0, MAX_LISTED)
        return { items: known.map((each) => ({ ...each, current: each.id === caller.sessionId })) }
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/auth/sessions',
        who: 'person',
        does: 'Ends all sessions but the one that asks; their panels are closed at once.',
        gives: null,
        rate: 'change',
      },
      async ({ caller: { account, sessionId } }) => {
        await sessions.endKnown(account, (id) => id !== sessionId)
        hub.withdrawAccount(account.id, sessionId)
        log.info({ account: account.id }, 'all other sessions were ended')
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/auth/sessions/:id',
        who: 'person',
        does: 'Ends one session; its panels are closed at once.',
        gives: null,
        rate: 'change',
      },
      async ({ caller, params: { id = '' } }) => {
        if (!(await sessions.endKnown(caller.account, (each) => each === id))) throw new CrossChatError('not_found')
        hub.withdrawSession(id)
        log.info({ account: caller.account.id }, 'a session was ended from another')
      },
    ),
  ]
}
