import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seal } from '../../../server/auth/seal.ts'
import { SameSecret } from '../../../server/homes/same-secret.ts'
import { createLog } from '../../../server/log.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

const test = suite('homes/same-secret')

const [OLD, NEW, FOREIGN] = ['the first secret of them all', 'the second secret of them', 'a secret of somebody else']

test('a node with another secret does not start, one that knows both does, and Redis never has either', async () => {
  const redis = await RedisServer.start()
  const link = await linked(redis.url, 'one')
  const begun: SameSecret[] = []
  const begin = async (...secrets: string[]) => {
    const node = new SameSecret(link, new Seal(secrets.map((each) => Buffer.from(each))), createLog('silent'))
    begun.push(node)
    return node.begin().then(
      () => 'begins',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    )
  }
  assert.is(await begin(OLD), 'begins')
  assert.is(await begin(OLD), 'begins')
  const refusal = await begin(FOREIGN)
  assert.match(refusal, /another CROSSCHAT_SECRET/)
  assert.is(await begin(OLD, NEW), 'begins')
  assert.is(await begin(NEW, OLD), 'begins')
  assert.is(await begin(NEW), 'begins')
  assert.match(await begin(FOREIGN), /another CROSSCHAT_SECRET/)
  const kept = String(await link.ask(['GET', 'crosschat:secret']))
  for (const secret of [OLD, NEW, FOREIGN]) {
    assert.not.ok(kept.includes(secret) || kept.includes(Buffer.from(secret).toString('base64url')))
    assert.not.ok(refusal.includes(secret))
  }
  const lasts = Number(await link.ask(['PTTL', 'crosschat:secret']))
  assert.ok(lasts > 0 && lasts <= 10_000, String(lasts))
  for (const node of begun) node.stop()
  link.close()
  await redis.close()
})

if (redisStands('server/homes/same-secret')) test.run()
