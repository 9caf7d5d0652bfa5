import { ResetPasswordBody } from '../api/accounts.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { SMALL_BODY } from '../middleware/body.ts'
import { type Route, route } from './route.ts'

/** For whoever has a link from the owner of the instance. */
export function passwordReset({ stores, passwords, hub, resetLinks, log }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/auth/reset',
        who: 'anyone',
        does: 'Takes a new password from the bearer of a link, and ends all sessions of the account.',
        body: ResetPasswordBody,
        bodyLimit: SMALL_BODY,
        example: { token: 'the last part of the link', password: 'another long and secret one' },
        gives: null,
        fails: ['bad_reset_link', 'busy'],
        rate: 'password',
      },
      async ({ body }) => {
        // Looked at before the work of hashing, and used up after it.
        if ((await resetLinks.look(body.token)) === null) throw new CrossChatError('bad_reset_link')
        const hash = await passwords.hash(body.password)
        const accountId = await resetLinks.use(body.token)
        const changed = accountId === null ? null : await stores.accounts.setPassword(accountId, hash)
        if (changed === null) throw new CrossChatError('bad_reset_link')
        await stores.sessions.destroyOthers(changed.id, null)
        hub.withdrawAccount(changed.id, null)
        log.info({ account: changed.id }, 'a password was changed by a link')
      },
    ),
  ]
}
