import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NONCE_MS } from '../../../server/auth/nonces.ts'
import { RESET_LINK_MS } from '../../../server/auth/reset-links.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { createLog } from '../../../server/log.ts'
import type { Link } from '../../../server/redis/link.ts'
import { SharedNonces } from '../../../server/redis/nonces.ts'
import { SharedResetLinks } from '../../../server/redis/reset-links.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

interface Context {
  redis: RedisServer
  links: Link[]
  one: SharedResetLinks
  other: SharedResetLinks
}

/** Also the words of an address check, which the same Redis keeps. */
const test = suite<Context>('redis/reset-links')

test.before(async (context) => {
  context.redis = await RedisServer.start()
  context.links = [await linked(context.redis.url, 'one'), await linked(context.redis.url, 'other')]
  const [one, other] = context.links.map((link) => new SharedResetLinks(link, createLog('silent')))
  if (one === undefined || other === undefined) throw new Error('There are no two nodes.')
  Object.assign(context, { one, other })
})
test.after(async ({ redis, links }) => {
  for (const link of links) link.close()
  await redis.close()
})

/** How long what fits the pattern lasts, ms. */
async function lasting({ links }: Context, pattern: string): Promise<number[]> {
  const [link] = links
  const names = await link?.ask(['KEYS', pattern])
  if (!Array.isArray(names)) throw new Error('Redis lists nothing.')
  return Promise.all(names.map(async (name) => Number(await link?.ask(['PTTL', String(name)]))))
}

test('a link opens once, on whichever node, and ends by itself', async (context) => {
  const { one, other } = context
  const { token } = await one.make('noodle')
  assert.equal([await other.look(token), await one.look('another')], ['noodle', null])
  for (const ms of await lasting(context, 'crosschat:reset*')) assert.ok(ms > 0 && ms <= RESET_LINK_MS)
  const used = await Promise.all([one.use(token), other.use(token)])
  assert.equal(
    used.filter((account) => account !== null),
    ['noodle'],
  )
  assert.is(await one.look(token), null)
})

test('a newer link of the same account ends the one before, and forgetting ends both', async ({ one, other }) => {
  const [first, second, theirs] = [await one.make('noodle'), await other.make('noodle'), await one.make('otter')]
  assert.equal([await one.look(first.token), await one.look(second.token)], [null, 'noodle'])
  await one.forget('noodle')
  assert.equal([await other.look(second.token), await other.look(theirs.token)], [null, 'otter'])
})

test('a word of an address check is known on every node for a minute', async (context) => {
  const [one, other] = context.links.map((link) => new SharedNonces(link))
  const nonce = (await one?.make()) ?? ''
  assert.equal([await other?.has(nonce), await other?.has('another')], [true, false])
  for (const ms of await lasting(context, 'crosschat:nonce:*')) assert.ok(ms > 0 && ms <= NONCE_MS)
})

test('while Redis is away, both say that they are busy', async ({ redis, one, links }) => {
  await redis.kill()
  const [link] = links
  if (link === undefined) throw new Error('There is no link.')
  for (const work of [one.make('noodle'), one.look('a token'), new SharedNonces(link).has('a word')]) {
    const error = await work.catch((refusal: unknown) => refusal)
    assert.instance(error, CrossChatError)
    assert.is(error instanceof CrossChatError && error.code, 'busy')
  }
  await one.forget('noodle')
})

if (redisStands('server/redis/reset-links')) test.run()
