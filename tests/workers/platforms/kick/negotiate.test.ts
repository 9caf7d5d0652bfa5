import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OutsideError } from '../../../../workers/fetching.ts'
import { guestToken, negotiate, type Way } from '../../../../workers/platforms/kick/negotiate.ts'
import type { Ground } from '../../../../workers/platforms/platform.ts'
import { answering } from './answers.ts'

const test = suite('kick negotiate')
const PUSHER = 'wss://ws-us2.pusher.com/app/defaultkey'
const never = new AbortController().signal

function groundAt(kickRealtimeUrl: string, kickSocketUrl = PUSHER): Ground {
  return {
    settings: { kickRealtimeUrl, kickSocketUrl },
    ms: (ms) => ms,
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
  }
}

async function ways(answer: unknown, socket = PUSHER): Promise<Way[]> {
  const kick = await answering(answer)
  try {
    return await negotiate(groundAt(kick.base, socket), { channelId: '6006', clientId: 'c' }, never)
  } finally {
    await kick.close()
  }
}

const offered = (...connections: object[]) => ({ data: { connections, mode: 'websocket' } })
const centrifugo = (url: unknown) => ({ provider: 'centrifugo', credentials: { url } })
const pusher = (app_key: unknown, cluster: unknown) => ({ provider: 'pusher', credentials: { app_key, cluster } })

test('puts Centrifugo first, whatever the order, and Pusher at the named cluster and key second', async () => {
  const url = 'wss://realtime.eu.platform.kick.com/connection/websocket'
  assert.equal(await ways(offered(pusher('newkey', 'eu'), centrifugo(url))), [
    { provider: 'centrifugo', url },
    { provider: 'pusher', url: 'wss://ws-eu.pusher.com/app/newkey' },
  ])
})

test('keeps the Pusher of the settings where Kick names none or nonsense', async () => {
  const url = 'wss://a.kick.com/x'
  assert.equal(await ways(offered(centrifugo(url))), [
    { provider: 'centrifugo', url },
    { provider: 'pusher', url: PUSHER },
  ])
  for (const odd of ['a/../b', '', 7, null, 'x'.repeat(100)])
    assert.equal(await ways(offered(pusher(odd, 'evil.test/'))), [{ provider: 'pusher', url: PUSHER }])
})

test('goes to no other host than that of the settings when these are not Pusher’s own', async () => {
  const own = 'ws://127.0.0.1:9/app/own'
  assert.equal(await ways(offered(pusher('newkey', 'eu')), own), [
    { provider: 'pusher', url: 'ws://127.0.0.1:9/app/newkey' },
  ])
})

test('takes no address that is none of a socket, and an answer of another shape for none', async () => {
  for (const url of ['https://a.kick.com', 'javascript:1', 'x', '', 7, null])
    assert.is((await ways(offered(centrifugo(url)))).length, 1, String(url))
  assert.is((await ways(offered(centrifugo('wss://a.kick.com/x#y'))))[0]?.url, 'wss://a.kick.com/x')
  for (const answer of ['<html>', [], null, { data: 7 }, offered(), { data: { connections: [null, 7, {}] } }])
    assert.equal(await ways(answer), [{ provider: 'pusher', url: PUSHER }])
})

test('gets a guest’s token, or says that there is none', async () => {
  for (const [answer, token] of [
    [{ data: { token: 'abc' } }, 'abc'],
    [{ data: {} }, null],
    ['<html>', null],
  ] as const) {
    const kick = await answering(answer)
    const asked = guestToken(groundAt(kick.base), 'c', never)
    if (token !== null) assert.is(await asked, token)
    else assert.instance(await asked.catch((error: unknown) => error), OutsideError)
    await kick.close()
  }
})

test.run()
