import { AddressCheckAnswer, HereAnswer } from '../answers/instance.ts'
import type { AddressCheckView } from '../api/instance.ts'
import { linkBase } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { type Route, route } from './route.ts'

/**
 * Whether the addresses that people use lead to this process, or to another node of the house: the owner's browser asks each of
 * them for a word that only they know. The server itself asks nobody.
 */
export function addressCheck({ nonces, config }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/instance/address-checks',
        who: 'owner',
        does: 'Makes a word that this process alone knows for a minute.',
        status: 201,
        gives: AddressCheckAnswer,
        fails: ['busy'],
        rate: 'change',
      },
      async ({ ctx }): Promise<AddressCheckView> => {
        const addresses = config.publicUrls.length > 0 ? [...config.publicUrls] : [linkBase(config, ctx.req)]
        return { nonce: await nonces.make(), addresses }
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/address-checks/:nonce',
        who: 'anyone',
        does: 'Answers when this process has made the word.',
        gives: HereAnswer,
        fails: ['busy'],
      },
      async ({ ctx, params }) => {
        if (!(await nonces.has(params.nonce ?? ''))) throw new CrossChatError('not_found')
        // The page that asks stands under another address. There is nothing to read but that this is the process.
        ctx.set('Access-Control-Allow-Origin', '*')
        return { here: true }
      },
    ),
  ]
}
