import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isLease, type Lease, type LeaseEnds } from '../../../server/leases/leases.ts'
import { RedisLeases } from '../../../server/leases/redis.ts'
import { createLog } from '../../../server/log.ts'
import { keysOf } from '../../../server/redis/keys.ts'
import { Link } from '../../../server/redis/link.ts'
import { freePort } from '../../help/free-port.ts'
import { CuttableProxy } from '../../help/proxy.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'

const log = createLog('silent')
/** Short, so that the tests do not wait; long enough for a loaded machine. */
const LEASE_MS = 800

/** Of nodes that are looked at while theirs has not run out yet. */
const LONG_MS = 4 * LEASE_MS
const leaseMsOf = (name: string) => (name.startsWith('long') ? LONG_MS : LEASE_MS)

interface Node {
  leases: RedisLeases
  link: Link
  /** What it was told, as `word channel`. */
  told: string[]
  /** Resolves when it is told this. */
  hears(what: string): Promise<void>
}

interface Context {
  redis: RedisServer
  proxy: CuttableProxy
  /** `address`: where other nodes reach it. */
  node(name: string, url?: string, address?: string): Promise<Node>
  nodes: Node[]
}

const test = suite<Context>('redis leases')

test.before(async (context) => {
  context.redis = await RedisServer.start()
  context.proxy = await CuttableProxy.to(context.redis.port)
})
test.after(async ({ redis, proxy }) => {
  proxy.close()
  await redis.close()
})
test.before.each((context) => {
  context.nodes = []
  context.node = async (name, url = context.redis.url, address = `http://${name}`) => {
    const node = await nodeAt(name, url, address)
    context.nodes.push(node)
    return node
  }
})
test.after.each(async ({ nodes, proxy, redis }) => {
  proxy.mend()
  proxy.thaw()
  redis.goOn()
  for (const { leases, link } of nodes) {
    await leases.close()
    link.close()
  }
})

async function nodeAt(name: string, url: string, address: string): Promise<Node> {
  const link = new Link({ url, log, name })
  const leases = new RedisLeases({ link, node: name, address: () => address, log, leaseMs: leaseMsOf(name) })
  const told: string[] = []
  const waiting: { what: string; wake(): void }[] = []
  const tell = (word: string) => (lease: Lease) => {
    told.push(`${word} ${lease.channelId}`)
    for (const each of waiting) if (told.includes(each.what)) each.wake()
  }
  const ends: LeaseEnds = { doubted: tell('doubted'), confirmed: tell('confirmed'), lost: tell('lost') }
  leases.listen(ends)
  await new Promise<void>((resolve) => {
    link.onReady = resolve
    link.begin()
  })
  const hears = (what: string) =>
    told.includes(what) ? Promise.resolve() : new Promise<void>((wake) => void waiting.push({ what, wake }))
  return { leases, link, told, hears }
}

async function taken(node: Node, channel: string): Promise<Lease> {
  const found = await node.leases.take(channel)
  if (!isLease(found)) throw new Error(`${channel} is at ${found.node}`)
  return found
}

/** Asks until the one before has lost it. */
async function takenAtLast(node: Node, channel: string): Promise<Lease> {
  for (;;) {
    const found = await node.leases.take(channel)
    if (isLease(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('gives a channel to one node, and tells the others where it is', async ({ node }) => {
  const [one, other] = [await node('one'), await node('other')]
  const lease = await taken(one, 'cool_channel')
  assert.equal(await other.leases.take('cool_channel'), { node: 'one', address: 'http://one', fence: lease.fence })
  assert.equal(await other.leases.holder('cool_channel'), { node: 'one', address: 'http://one', fence: lease.fence })
  assert.is(await other.leases.holder('quiet_channel'), null)
  assert.is(one.leases.of('cool_channel')?.sure, true)
  assert.is(other.leases.of('cool_channel'), null)
  assert.is(await one.leases.take('cool_channel'), lease)
})

test('of many that ask at once exactly one gets it', async ({ node }) => {
  const nodes = await Promise.all(['a', 'b', 'c', 'd'].map((name) => node(name)))
  const answers = await Promise.all(nodes.map(({ leases }) => leases.take('wanted_channel')))
  assert.is(answers.filter(isLease).length, 1)
})

test('gives what was given back at once to the next one, with a higher number', async ({ node }) => {
  const [one, other] = [await node('one'), await node('other')]
  const first = await taken(one, 'moved_channel')
  await one.leases.release('moved_channel')
  assert.is(one.leases.of('moved_channel'), null)
  assert.ok((await taken(other, 'moved_channel')).fence > first.fence)
})

test('renews what it has, so that nobody else gets it', async ({ node }) => {
  const [one, other] = [await node('one'), await node('other')]
  const { fence } = await taken(one, 'kept_channel')
  for (const began = performance.now(); performance.now() - began < 2 * LEASE_MS; ) {
    assert.is(isLease(await other.leases.take('kept_channel')), false)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal([one.leases.of('kept_channel')?.fence, one.told], [fence, []])
})

test('keeps what was told of a quiet channel for as long as somebody runs it', async ({ node }) => {
  const one = await node('one')
  await taken(one, 'quiet_channel')
  const { state } = keysOf('quiet_channel')
  await one.link.ask(['XADD', state, '*', 'state', '{}'])
  await one.link.ask(['PEXPIRE', state, '1000'])
  await one.leases.announce()
  assert.ok(Number(await one.link.ask(['PTTL', state])) > 1_000)
})

for (const way of ['cut', 'freeze'] as const) {
  test(`takes it from a node whose way to Redis was ${way === 'cut' ? 'cut' : 'frozen'}, which knew before`, async (context) => {
    const { node, proxy } = context
    const [one, other] = [await node('one', proxy.base.replace('http:', 'redis:')), await node('other')]
    const first = await taken(one, `${way}_channel`)
    proxy[way]()
    const next = await takenAtLast(other, `${way}_channel`)
    // By its own clock, asked the moment that somebody else has it.
    assert.is(one.leases.of(`${way}_channel`)?.sure, false)
    assert.ok(next.fence > first.fence)
    proxy.mend()
    proxy.thaw()
    await one.hears(`lost ${way}_channel`)
    assert.is(one.leases.of(`${way}_channel`), null)
  })
}

test('takes it before its time from a node that says nothing any more and at whose address nobody listens', async (context) => {
  const { node, proxy } = context
  const gone = `http://127.0.0.1:${await freePort()}`
  const one = await node('long-one', proxy.base.replace('http:', 'redis:'), gone)
  const other = await node('long-other')
  const first = await taken(one, 'dead_channel')
  assert.equal(await other.leases.free(['dead_channel']), [])
  proxy.cut()
  await until(async () => (await other.leases.free(['dead_channel'])).length > 0)
  assert.is(one.leases.of('dead_channel')?.sure, true)
  assert.ok((await taken(other, 'dead_channel')).fence > first.fence)
  proxy.mend()
  await one.hears('lost dead_channel')
})

test('leaves it to a node that says nothing while somebody listens at its address', async ({ node, proxy }) => {
  const door = createServer().listen(0, '127.0.0.1')
  await once(door, 'listening')
  const { port } = door.address() as AddressInfo
  const one = await node('long-one', proxy.base.replace('http:', 'redis:'), `http://127.0.0.1:${port}`)
  const other = await node('long-other')
  await taken(one, 'busy_channel')
  proxy.cut()
  const { home } = keysOf('busy_channel')
  await until(async () => Number(await other.link.ask(['PTTL', home])) < LONG_MS / 2)
  assert.equal(await other.leases.free(['busy_channel']), [])
  assert.ok(Number(await other.link.ask(['PTTL', home])) > 0)
  door.close()
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('confirms a lease that nobody has had in between, with the number that it had', async ({ node, proxy }) => {
  const one = await node('one', proxy.base.replace('http:', 'redis:'))
  const { fence } = await taken(one, 'lonely_channel')
  proxy.cut()
  await one.hears('doubted lonely_channel')
  proxy.mend()
  await one.hears('confirmed lonely_channel')
  assert.equal(one.leases.of('lonely_channel'), await one.leases.take('lonely_channel'))
  assert.is(one.leases.of('lonely_channel')?.fence, fence)
})

test('knows that Redis stands still, and goes on with it', async ({ node, redis }) => {
  const one = await node('one')
  await taken(one, 'slow_channel')
  redis.pause()
  await one.hears('doubted slow_channel')
  redis.goOn()
  await one.hears('confirmed slow_channel')
})

test('gives what Redis has forgotten to whoever had it, with a number that is higher all the same', async ({
  node,
  redis,
}) => {
  const [one, other] = [await node('one'), await node('other')]
  assert.equal(await other.leases.free(['forgotten_channel']), ['forgotten_channel'])
  const { fence } = await taken(one, 'forgotten_channel')
  await redis.kill()
  await redis.forget()
  await redis.begin()
  const stolen = await stood(() => other.leases.take('forgotten_channel'))
  assert.match(String(stolen), /forgotten who runs what/)
  assert.equal(await other.leases.free(['forgotten_channel']), [])
  await one.hears('lost forgotten_channel')
  const again = await one.leases.again('forgotten_channel')
  assert.ok(isLease(again) && again.fence > fence)
  const next = await stood(() => other.leases.take('forgotten_channel'))
  assert.ok(!(next instanceof Error) || /forgotten who runs what/.test(next.message))
})

/** What it gives, or the error that it throws, once Redis answers again. */
async function stood<T>(ask: () => Promise<T>): Promise<T | Error> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Error && /forgotten/.test(error.message)) return error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

test('throws when Redis cannot be asked', async ({ node, proxy }) => {
  const one = await node('one', proxy.base.replace('http:', 'redis:'))
  proxy.cut()
  await one.leases.take('unknown_channel').then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /Redis/),
  )
})

if (redisStands('leases/redis')) test.run()
