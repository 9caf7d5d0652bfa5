import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../server/errors.ts'
import { createLog } from '../../../server/log.ts'
import { Away, Link } from '../../../server/redis/link.ts'
import { KEY, LASTING } from '../../help/certificates.ts'
import { freePort } from '../../help/free-port.ts'
import { RedisServer, redisStands } from '../../help/redis.ts'
import { linked } from '../../help/redis-bus.ts'

const test = suite<{ folder: string; redis: RedisServer; tlsPort: number }>('redis/link')
const PASSWORD = 'noodle@battery:7/%'
const ASK = fileURLToPath(new URL('../../help/redis-ask.ts', import.meta.url))

test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-test-'))
  const [certificate, key] = [join(context.folder, 'certificate.pem'), join(context.folder, 'key.pem')]
  await Promise.all([writeFile(certificate, LASTING), writeFile(key, KEY)])
  context.tlsPort = await freePort()
  context.redis = await RedisServer.start({
    requirepass: PASSWORD,
    'tls-port': String(context.tlsPort),
    'tls-cert-file': certificate,
    'tls-key-file': key,
    'tls-ca-cert-file': certificate,
    'tls-auth-clients': 'no',
  })
})
test.after(async ({ redis, folder }) => {
  await redis.close()
  await rm(folder, { recursive: true })
})

/** What the log says when a first try fails. */
async function complaint(url: string): Promise<string> {
  let link: Link | undefined
  const said = await new Promise<string>((resolve) => {
    const sink = new Writable({ write: (chunk, _, done) => done(void resolve(String(chunk))) })
    link = new Link({ url, log: createLog('warn', sink), name: 'one' })
    link.begin()
  })
  link?.close()
  return said
}

const address = (scheme: string, port: number, password: string) =>
  `${scheme}://${password === '' ? '' : `:${encodeURIComponent(password)}@`}localhost:${port}`

test('comes in with a password of odd letters, and with the name of a user', async ({ redis }) => {
  const link = await linked(address('redis', redis.port, PASSWORD), 'one')
  assert.is(String(await link.ask(['PING'])), 'PONG')
  await link.ask(['ACL', 'SETUSER', 'chat', 'on', '>soup', '~*', '&*', '+@all'])
  const named = await linked(`redis://chat:soup@127.0.0.1:${redis.port}`, 'two')
  assert.is(String(await named.ask(['ACL', 'WHOAMI'])), 'chat')
  for (const each of [link, named]) each.close()
})

test('says what is wrong with a password, and never the password', async ({ redis }) => {
  const wrong = await complaint(address('redis', redis.port, 'turnip-soup'))
  assert.match(wrong, /Redis cannot be reached/)
  assert.match(wrong, /WRONGPASS/)
  assert.not.match(wrong, /turnip/)
  assert.match(await complaint(address('redis', redis.port, '')), /NOAUTH/)
})

test('speaks TLS to a certificate that it trusts, and to no other', async ({ folder, tlsPort }) => {
  const url = address('rediss', tlsPort, PASSWORD)
  assert.match(await complaint(url), /self-signed certificate/)
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem') }
  const asks = spawn(process.execPath, ['--import', 'tsx', ASK, url], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  assert.is(await text(asks.stdout), 'PONG')
})

test('tells whoever needs it to come back while nothing answers', async ({ redis }) => {
  const link = await linked(address('redis', redis.port, PASSWORD), 'one')
  link.close()
  const refused = await link.ask(['PING']).catch((error: unknown) => error)
  assert.instance(refused, CrossChatError)
  assert.is(refused instanceof CrossChatError && refused.code, 'busy')
})

test('makes its way anew when what answers has become a replica', async ({ redis }) => {
  const link = await linked(address('redis', redis.port, PASSWORD), 'one')
  const other = await linked(address('redis', redis.port, PASSWORD), 'other')
  await other.ask(['REPLICAOF', '127.0.0.1', '1'])
  const again = new Promise<void>((resolve) => {
    link.onReady = resolve
  })
  const refused = await link.ask(['SET', 'a', '1']).catch((error: unknown) => error)
  assert.instance(refused, Away)
  await other.ask(['REPLICAOF', 'NO', 'ONE'])
  await again
  assert.is(String(await link.ask(['SET', 'a', '1'])), 'OK')
  for (const each of [link, other]) each.close()
})

if (redisStands('server/redis/link')) test.run()
