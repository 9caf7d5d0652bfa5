import { KeyAnswer } from '../answers/instance.ts'
import { listOf } from '../answers/shapes.ts'
import { CreateKeyBody, type KeyView } from '../api/programs.ts'
import { apiKeyDigest, newApiKey } from '../auth/api-keys.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import type { ApiKey } from '../stores/programs.ts'
import { Turns } from '../turns.ts'
import { type Route, route } from './route.ts'

export const MAX_KEYS = 50

/** API keys for programs. */
export function keys({ stores }: House): Route[] {
  const turns = new Turns()
  return [
    route(
      {
        method: 'GET',
        path: '/api/keys',
        who: 'account',
        least: 'owner',
        does: 'Lists API keys, without their secrets.',
        gives: listOf(KeyAnswer),
      },
      async ({ caller }): Promise<{ items: KeyView[] }> => {
        const all = await stores.keys.byChannel(caller.channel.id)
        return { items: all.map(keyView) }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/keys',
        who: 'account',
        least: 'owner',
        does: 'Makes an API key; the answer is the only place where its secret is shown.',
        example: { name: 'my bridge', scopes: ['produce'] },
        gives: KeyAnswer,
        logged: 'a key was made',
        body: CreateKeyBody,
        status: 201,
        rate: 'change',
      },
      ({ caller, body }): Promise<KeyView> =>
        turns.take(caller.channel.id, async () => {
          const all = await stores.keys.byChannel(caller.channel.id)
          if (all.length >= MAX_KEYS) {
            throw new CrossChatError('bad_request', { message: `A channel has at most ${MAX_KEYS} API keys.` })
          }
          const { made, secret } = makeKey(caller.channel.id, body.name, body.scopes)
          await stores.keys.insert(made)
          return { ...keyView(made), key: secret }
        }),
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/keys/:id',
        who: 'account',
        least: 'owner',
        does: 'Deletes an API key.',
        gives: null,
        logged: 'a key was deleted',
        rate: 'change',
      },
      async ({ caller, params }) => {
        if (!(await stores.keys.remove(caller.channel.id, params.id ?? ''))) throw new CrossChatError('not_found')
      },
    ),
  ]
}

function makeKey(channelId: string, name: string, scopes: ApiKey['scopes']): { made: ApiKey; secret: string } {
  const secret = newApiKey()
  const digest = apiKeyDigest(secret) ?? ''
  const made = {
    id: newId(),
    channelId,
    name,
    scopes: [...new Set(scopes)],
    digest,
    createdAt: Date.now(),
    lastUsedAt: null,
  }
  return { made, secret }
}

function keyView({ id, name, scopes, createdAt, lastUsedAt }: ApiKey): KeyView {
  return { id, name, scopes, createdAt, lastUsedAt }
}
