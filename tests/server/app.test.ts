import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createPlainServer } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import type { Message } from '../../workers/message.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { temporaryData } from '../help/server.ts'

const test = suite<{ env: Record<string, string>; remove(): Promise<void> }>('createCrossChat')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.env = { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent' }
  context.remove = data.remove
})
test.after.each(async ({ remove }) => remove())

test('lets two live in one process that know nothing of each other', async ({ env }) => {
  const other = await temporaryData()
  const both = [createCrossChat({ env }), createCrossChat({ env: { ...env, DATA_DIR: other.path } })]
  const bases = await Promise.all(both.map((each) => each.listen()))
  const panels = await Promise.all(bases.map((base) => Panel.register(base, 'Same_Name')))
  for (const panel of panels) {
    const overlay = await Listener.open(panel.base, (await panel.overlay()).key)
    await panel.pushLines([ircLine('same-id', `said to ${panel.base}`)])
    await overlay.until(() => overlay.events.length === 1)
    assert.is((overlay.events[0] as Message).text, `said to ${panel.base}`)
    overlay.close()
  }
  await Promise.all(both.map((each) => each.close()))
  await other.remove()
})

test('answers on a server of one’s own until it is closed', async ({ env }) => {
  const crosschat = createCrossChat({ env })
  const own = createServer(crosschat.handler).on('upgrade', crosschat.upgrade).listen(0, '127.0.0.1')
  await once(own, 'listening')
  const base = `http://127.0.0.1:${(own.address() as AddressInfo).port}`
  const panel = await Panel.register(base, 'Guest')
  const overlay = await Listener.open(base, (await panel.overlay()).key)
  await crosschat.close()
  await overlay.until(() => overlay.closed !== null)
  assert.is(overlay.closed, 1012)
  assert.is((await fetch(`${base}/healthz`)).status, 503)
  own.close()
})

test('starts before anybody asks, and says so when it cannot', async ({ env }) => {
  const crosschat = createCrossChat({ env })
  await crosschat.start()
  assert.is(crosschat.address, null)
  const second = createCrossChat({ env })
  const refused = await second.start().catch((error: Error) => error.message)
  assert.match(String(refused), /is in use by the process/)
  await Promise.all([crosschat.close(), second.close()])
})

test('leaves nothing running when it cannot listen, and may try again', async ({ env }) => {
  const other = createPlainServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const crosschat = createCrossChat({ env: { ...env, PORT: String(port) } })
  const refused = await crosschat.listen().catch((error: Error) => error.message)
  assert.match(refused, /is taken by another program/)
  other.close()
  await once(other, 'close')
  assert.is(await crosschat.listen(), `http://127.0.0.1:${port}`)
  await crosschat.close()
})

test('listens once however often it is asked', async ({ env }) => {
  const crosschat = createCrossChat({ env })
  const [first, second] = await Promise.all([crosschat.listen(), crosschat.listen()])
  assert.is(first, second)
  await crosschat.close()
})

test('can be closed at any time, and then for good', async ({ env }) => {
  await createCrossChat({ env }).close()
  const crosschat = createCrossChat({ env })
  const starting = crosschat.listen()
  await Promise.all([crosschat.close(), crosschat.close()])
  const base = await starting
  const answered = await fetch(`${base}/healthz`).then(
    () => true,
    () => false,
  )
  assert.is(answered, false)
  const again = await crosschat.listen().catch((error: Error) => error.message)
  assert.match(again, /is stopping/)
})

test('can be closed when it could not start', async ({ env }) => {
  const first = createCrossChat({ env })
  await first.listen()
  const second = createCrossChat({ env })
  const refused = await second.listen().catch((error: Error) => error.message)
  assert.match(refused, /is in use by the process/)
  await second.close()
  await first.close()
})

test.run()
