import { createHmac } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import { ircLine, PASSWORD, Panel } from '../help/panel.ts'
import { temporaryData } from '../help/server.ts'

const test = suite<{ close(): Promise<void> }>('security events')
test.after(({ close }) => close())
const WRONG = 'planted-wrong-password'

test('stand in the log, each with its request, and nothing secret with them', async (context) => {
  const data = await temporaryData()
  const lines: string[] = []
  const crosschat = createCrossChat({
    env: { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'trace', CROSSCHAT_TWITCH_IRC_URL: 'ws://127.0.0.1:9' },
    logTo: { write: (line) => void lines.push(line) },
  })
  context.close = async () => {
    await crosschat.close()
    await data.remove()
  }
  const base = await crosschat.listen()
  const registered = await Panel.register(base, 'quiet_otter')
  const panel = await Panel.login(base, 'quiet_otter')
  const overlay = await panel.overlay()
  const { key } = await panel.json<{ key: string }>('POST', '/api/keys', { name: 'my bridge', scopes: ['produce'] })
  const rotated = await panel.json<{ url: string }>('POST', `/api/overlays/${overlay.id}/rotate`)
  const stream = await panel.startStream()
  await panel.pushLines([ircLine('planted-id', 'planted words of chat')])
  await panel.call('GET', `/api/streams/${stream.id}/export?format=txt`)
  const next = 'planted another long password'
  await panel.json('POST', '/api/auth/password', { current: PASSWORD, next })
  await new Panel(base).call('POST', '/api/auth/login', { username: 'quiet_otter', password: WRONG })
  await new Panel(base).call('POST', '/api/auth/login', `{"username":"quiet_otter","password":"${WRONG}"`)
  await panel.call('DELETE', '/api/auth/sessions', undefined, { Origin: 'https://evil.example' })
  const hook = await hookOf(panel)
  await fetch(`${base}${hook}`, {
    method: 'POST',
    body: '{}',
    headers: {
      'Content-Type': 'application/json',
      'Twitch-Eventsub-Message-Id': 'planted-delivery',
      'Twitch-Eventsub-Message-Timestamp': new Date().toISOString(),
      'Twitch-Eventsub-Message-Type': 'notification',
      'Twitch-Eventsub-Message-Signature': `sha256=${createHmac('sha256', 'wrong').update('x').digest('hex')}`,
    },
  })
  await panel.call('POST', '/api/auth/logout')

  const entries = lines.map((line) => JSON.parse(line))
  const of = (msg: string) => entries.filter((entry) => entry.msg === msg)
  for (const msg of [
    'somebody signed in',
    'a key was made',
    'a key was rotated',
    'a transcript is exported',
    'a password was changed',
    'somebody signed out',
  ]) {
    assert.is(of(msg).length, 1, msg)
    assert.type(of(msg)[0].requestId, 'string', msg)
    assert.type(of(msg)[0].account ?? of(msg)[0].channel, 'string', msg)
  }
  const refused = of('call refused').map(({ code }) => code)
  for (const code of ['bad_login', 'wrong_origin', 'bad_signature']) assert.ok(refused.includes(code), code)

  const text = lines.join('')
  const cookies = [registered, panel].flatMap(({ cookie }) =>
    cookie.split('; ').map((each) => each.split('=')[1] ?? ''),
  )
  const secrets = [PASSWORD, WRONG, next, key, overlay.key, rotated.url.split('#')[1] ?? '', hook, ...cookies]
  for (const secret of secrets.filter((each) => each.length > 0)) assert.not.ok(text.includes(secret), secret)
  assert.not.match(text, /planted/)
})

/** The path that the platform's deliveries of this channel go to. */
async function hookOf(panel: Panel): Promise<string> {
  const body = { channel: 'cool_channel', secret: 'planted-secret-of-the-hook' }
  const source = await panel.json<{ hook?: string | null }>('PUT', '/api/sources/twitch', body)
  return new URL(source.hook ?? '', panel.base).pathname
}

test.run()
