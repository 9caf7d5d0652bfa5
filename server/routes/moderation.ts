import type { z } from 'zod'
import type { Rules } from '../../workers/control.ts'
import { type Draft, HOUSE, type Remove } from '../../workers/message.ts'
import { HideBody, type ProducedView, RulesBody } from '../api.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House, Receipt } from '../house.ts'
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
        const drafts = removals(
          body,
          line.platforms().map(({ id }) => id),
        )
        const receipts = await Promise.all(drafts.map((draft) => line.event(caller.channel.id, draft)))
        return producedView(together(receipts))
      },
    ),
  ]
}

/** A removal stands under the platform whose messages it takes away; event ids begin with that platform's name. */
function removals(body: z.output<typeof HideBody>, known: string[]): Draft[] {
  if ('id' in body) {
    const named = body.id.split(':')[0] ?? ''
    return [removal(known.includes(named) ? named : HOUSE, { id: body.id })]
  }
  const { platform, authorId } = body
  if (platform !== undefined && !known.includes(platform)) throw new CrossChatError('unknown_platform')
  return (platform === undefined ? known : [platform]).map((each) => removal(each, { authorId }))
}

function removal(platform: string, target: Remove['target']): Draft {
  const now = Date.now()
  return { kind: 'remove', id: `${platform}:${newId()}`, platform, at: now, receivedAt: now, target, by: 'panel' }
}

function together(receipts: Receipt[]): Receipt {
  return {
    accepted: receipts.flatMap(({ accepted }) => accepted),
    duplicates: receipts.reduce((sum, { duplicates }) => sum + duplicates, 0),
    ignored: receipts.flatMap(({ ignored }) => ignored),
    archived: receipts.every(({ archived }) => archived),
  }
}
