/** In the order of their paths, as the formatter has them. */
function testImports(id: string): string {
  const folder = '../../../../workers/platforms'
  const imports = [
    [`${id}/index.ts`, `import { ${id} as platform } from '${folder}/${id}/index.ts'`],
    ['platform.ts', `import type { Ears } from '${folder}/platform.ts'`],
  ] as const
  const sorted = [...imports].sort(([one], [other]) => (one < other ? -1 : 1))
  return sorted.map(([, line]) => line).join('\n')
}

export const test = (id: string): string => `import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocketServer } from 'ws'
${testImports(id)}

const normalising = suite('${id} normalise')
const CONTEXT = { receivedAt: 1_780_000_000_000, delivery: 'd1' }
const eventsOf = (body: string) =>
  platform.read(body, {}).flatMap((payload) => platform.normalise(payload, CONTEXT).events)

normalising('turns a sample into the message it describes', () => {
  const { body } = platform.sample({ id: 'm1', at: 5, kind: 'message', name: 'quiet_otter', text: 'hello', roles: [] })
  const [event] = eventsOf(body)
  assert.is(event?.id, '${id}:m1')
  assert.is(event?.kind === 'message' && event.author.name, 'quiet_otter')
  assert.is(event?.kind === 'message' && event.text, 'hello')
})

normalising('gives the same ids for the same delivery', () => {
  assert.equal(eventsOf('{}'), eventsOf('{}'))
})

normalising('turns what it does not know into a notice', () => {
  assert.is(eventsOf('{"poll":1}')[0]?.kind, 'notice')
})

normalising.run()

const following = suite('${id} following')
const CLOCK = { now: Date.now, steady: () => performance.now() }
const GROUND = { settings: {}, ms: (ms: number) => Math.ceil(ms / 1_000), ...CLOCK, random: Math.random }

following('knows a name in whatever form it is typed, and says what a right one looks like', () => {
  assert.is(platform.nameOf?.(' @Quiet_Otter ', {}), 'quiet_otter')
  assert.throws(() => platform.nameOf?.('two words', {}), /1 to 40 letters/)
})

following('reads what comes, and comes back when it is lost', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const connector = platform.connector?.({ ...GROUND, settings: { ${id}Url: \`ws://127.0.0.1:\${port}\` } })
  const first = once(server, 'connection')
  const told: string[] = []
  let hear: (body: string) => void = () => {}
  const heard = new Promise<string>((resolve) => {
    hear = resolve
  })
  const ears: Ears = {
    take(body) {
      hear(body)
      return { accepted: 1, duplicates: 0, full: null }
    },
    heard() {},
    connecting: () => told.push('connecting'),
    live: () => told.push('live'),
    waiting() {},
    stale() {},
    retry: () => told.push('retry'),
    attention() {},
    learn() {},
    broadcast() {},
    quota() {},
  }
  const of = { name: 'quiet_otter', options: {}, facts: {} }
  connector?.follow({ channel: 1, platform: '${id}', number: 1, leftAt: null, ...of }, ears)
  const [socket, request] = await first
  assert.is(request.url, '/quiet_otter')
  socket.send('{"message_id":"m1"}')
  assert.is(await heard, '{"message_id":"m1"}')
  const second = once(server, 'connection')
  socket.terminate()
  await second
  assert.equal(told.slice(0, 4), ['connecting', 'live', 'retry', 'connecting'])
  connector?.close()
  for (const client of server.clients) client.terminate()
  server.close()
})

following('takes a delivery that is signed right, and no other', async () => {
  const bytes = Buffer.from('{"body":"hello"}')
  const source = { name: 'quiet_otter', options: { secret: 'a secret' }, facts: {} }
  const sign = (secret: string) => createHmac('sha256', secret).update(bytes).digest('hex')
  const deliver = async (signature: string) =>
    platform.verifier?.(GROUND)({ bytes, headers: { '${id}-signature': signature }, receivedAt: 1, source })
  assert.is((await deliver(sign('a secret')))?.kind, 'payload')
  for (const wrong of [sign('another'), sign(''), '', 'zz']) {
    const refused = await deliver(wrong).catch((error: Error) => error.name)
    assert.is(refused, 'BadDelivery', wrong)
  }
})

following.run()
`
