import type { Rules } from '../../workers/control.ts'
import { type Draft, HOUSE } from '../../workers/message.ts'
import { HideBody, type ProducedView, RulesBody } from '../api.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { RULES_BODY } from '../middleware/body.ts'
import { producedView } from './producers.ts'
import { type Route, route } from './route.ts'

/** What is kept off the air. */
export function moderation({ stores, line }: House): Route[] {
  return [
    route(
      { method: 'GET', path: '/api/moderation/rules', who: 'account', does: 'Gives the rules of the channel.' },
      ({ caller }): Rules => caller.channel.rules,
    ),

    route(
      {
        method: 'PUT',
        path: '/api/moderation/rules',
        who: 'account',
        does: 'Replaces the rules of the channel.',
        body: RulesBody,
        bodyLimit: RULES_BODY,
        rate: 'change',
      },
      async ({ caller, body }): Promise<Rules> => {
        await stores.channels.setRules(caller.channel.id, body)
        line.rulesChanged(caller.channel.id, body)
        return body
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/hide',
        who: 'account',
        does: 'Takes one message, or all of one person, off the air.',
        body: HideBody,
        status: 202,
        rate: 'change',
      },
      async ({ caller, body }): Promise<ProducedView> => {
        const known = line.platforms().map(({ id }) => id)
        if ('platform' in body && !known.includes(body.platform)) throw new CrossChatError('unknown_platform')
        return producedView(await line.event(caller.channel.id, removal(body, known)))
      },
    ),
  ]
}

type Hide = { id: string } | { platform: string; authorId: string }

/** A removal stands under the platform whose message it takes away; event ids begin with that platform's name. */
function removal(body: Hide, known: string[]): Draft {
  const now = Date.now()
  const common = { kind: 'remove', id: `${HOUSE}:${newId()}`, at: now, receivedAt: now, by: 'panel' } as const
  if ('authorId' in body) return { ...common, platform: body.platform, target: { authorId: body.authorId } }
  const named = body.id.split(':')[0] ?? ''
  return { ...common, platform: known.includes(named) ? named : HOUSE, target: { id: body.id } }
}
