import type { IncomingMessage } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  type AddressSettings,
  hostAllowed,
  isSecure,
  linkBase,
  openToAll,
  originAllowed,
} from '../../../server/auth/addresses.ts'
import { clientOf, isLoopback } from '../../../server/auth/client.ts'

function request(headers: Record<string, string>, remoteAddress = '127.0.0.1'): IncomingMessage {
  return { headers, socket: { localPort: 3000, remoteAddress } } as unknown as IncomingMessage
}

const LOCAL: AddressSettings = { host: '127.0.0.1', publicUrls: [] }
const OPEN: AddressSettings = { host: '0.0.0.0', publicUrls: [] }
const PUBLIC: AddressSettings = { host: '0.0.0.0', publicUrls: ['https://chat.example', 'https://second.example:8443'] }

const addresses = suite('auth/addresses')

addresses('answers under loopback names, its own and public ones', () => {
  const allowed = (settings: AddressSettings, host: string) => hostAllowed(settings, request({ host }))
  for (const host of ['localhost', 'LOCALHOST:3000', '127.0.0.1:9', '[::1]:3000']) assert.ok(allowed(LOCAL, host), host)
  for (const host of ['192.168.1.2:3000', 'chat.example', '', '[::1', 'a b', 'localhost.', 'localhost:3000:1']) {
    assert.not.ok(allowed(LOCAL, host), host)
  }
  assert.ok(allowed({ host: 'box.lan', publicUrls: [] }, 'box.lan:3000'))
  for (const host of ['192.168.1.2:3000', '[fe80::1]:3000', 'localhost']) assert.ok(allowed(OPEN, host), host)
  for (const host of ['rebind.example', '192.168.1.2.nip.example', '0x7f.1']) assert.not.ok(allowed(OPEN, host), host)
  for (const host of ['chat.example', 'second.example:8443', 'localhost:3000', '10.0.0.7:3000']) {
    assert.ok(allowed(PUBLIC, host), host)
  }
  assert.not.ok(allowed(PUBLIC, 'other.example'))
  const node = { ...PUBLIC, nodeUrl: 'http://node-1:3000' }
  assert.equal([allowed(node, 'node-1:3000'), allowed(node, 'node-2:3000')], [true, false])
})

addresses('takes calls from its own pages only', () => {
  const allowed = (settings: AddressSettings, origin: string, host = '127.0.0.1:3000') =>
    originAllowed(settings, request({ origin, host }))
  for (const origin of ['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000']) {
    assert.ok(allowed(LOCAL, origin), origin)
  }
  for (const origin of [
    'https://127.0.0.1:3000',
    'http://127.0.0.1',
    'http://127.0.0.1:3001',
    'null',
    '',
    'http://evil.example',
  ]) {
    assert.not.ok(allowed(LOCAL, origin), origin)
  }
  assert.ok(allowed(LOCAL, 'http://localhost:8080', 'localhost:8080'))
  assert.not.ok(allowed(LOCAL, 'http://evil.example', 'evil.example'))
  assert.ok(allowed(OPEN, 'http://192.168.1.2:3000', '192.168.1.2:3000'))
  assert.ok(allowed(PUBLIC, 'https://chat.example', 'chat.example'))
  assert.not.ok(allowed(PUBLIC, 'http://chat.example', 'chat.example'))
  assert.not.ok(allowed(PUBLIC, 'http://localhost:3000', 'localhost:3000'))
  assert.not.ok(originAllowed(LOCAL, request({ host: 'localhost:3000' })))
})

addresses('prints the public address, or the one that was allowed', () => {
  assert.is(linkBase(PUBLIC, request({ host: '10.0.0.7:3000' })), 'https://chat.example')
  assert.is(linkBase(LOCAL, request({ host: 'localhost:8080' })), 'http://localhost:8080')
})

addresses('keeps cookies to https only when all addresses are', () => {
  assert.is(isSecure(PUBLIC), true)
  assert.is(isSecure(LOCAL), false)
  assert.is(isSecure({ host: '::', publicUrls: ['https://a.example', 'http://b.example'] }), false)
})

addresses('knows which public addresses whoever sits between may read', () => {
  const plain = (...publicUrls: string[]) => openToAll({ ...LOCAL, publicUrls })
  assert.equal(plain('http://chat.example', 'https://chat.example'), ['http://chat.example'])
  assert.equal(plain('http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:3000'), [], 'nobody sits there')
})

addresses.run()

const client = suite('auth/client')

client('counts a caller by address, and an IPv6 network as one', () => {
  const of = (address: string) => clientOf(request({}, address), 0)
  assert.is(of('203.0.113.9'), '203.0.113.9')
  assert.is(of('::ffff:203.0.113.9'), '203.0.113.9')
  assert.is(of('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
  assert.is(of('2001:db8:1:2::9'), of('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  assert.is(of('2001:db8::1'), '2001:db8:0:0')
  assert.is(of('::1'), '0:0:0:0')
  assert.is.not(of('2001:db8:1:2::1'), of('2001:db8:1:3::1'))
})

client('believes the trusted proxies and nobody before them', () => {
  const of = (proxies: number, forwarded: string) =>
    clientOf(request({ 'x-forwarded-for': forwarded }, '10.0.0.1'), proxies)
  assert.is(of(0, '6.6.6.6'), '10.0.0.1')
  assert.is(of(1, '6.6.6.6, 1.2.3.4'), '1.2.3.4')
  assert.is(of(2, '6.6.6.6, 1.2.3.4, 5.6.7.8'), '1.2.3.4')
  assert.is(of(2, '5.6.7.8'), '5.6.7.8')
  for (const odd of ['', 'nonsense', ', ,']) assert.is(of(1, odd), '10.0.0.1')
})

const FORWARDING = [
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded',
  'forwarded',
  'forwarded-for',
  'via',
  'x-real-ip',
  'cf-connecting-ip',
  'x-forward-for',
  'x-originating-ip',
  'x-proxy-ip',
  'cf-ray',
  'cdn-loop',
  'true-client-ip',
  'x-client-ip',
  'client-ip',
  'fly-client-ip',
  'fastly-client-ip',
  'x-cluster-client-ip',
  'x-azure-clientip',
  'x-original-host',
  'x-envoy-external-address',
  'x-proxyuser-ip',
  'x-amzn-trace-id',
  'x-amz-cf-id',
  'x-vercel-forwarded-for',
  'x-forwarded_for',
  'x-appengine-user-ip',
  'x-azure-socketip',
  'x-proxy-user-ip',
  'ali-cdn-real-ip',
  'wl-proxy-client-ip',
  'x-nginx-proxy',
  'x-varnish',
  'x-scheme',
  'x-url-scheme',
  'front-end-https',
]

client('takes nobody for local who came through a proxy', () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.9.9.9'])
    assert.ok(isLoopback(request({}, address)))
  for (const address of ['10.0.0.1', '', '::ffff:10.0.0.1', '1127.0.0.1'])
    assert.not.ok(isLoopback(request({}, address)))
  for (const name of FORWARDING) assert.not.ok(isLoopback(request({ [name]: 'x' })), name)
  for (const name of [
    'host',
    'cookie',
    'user-agent',
    'x-request-id',
    'origin',
    'referer',
    'x-crosschat-channel',
    'sec-fetch-site',
    'accept',
    'upgrade',
  ])
    assert.ok(isLoopback(request({ [name]: 'x' })), name)
})

client.run()
