import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { answerTo, ObsTrouble, putIntoObs, type Surroundings } from '../../../admin/state/obs-websocket.ts'
import { ObsWebSocket } from '../../help/stand-ins/obs-websocket.ts'

const test = suite<{ obs: ObsWebSocket }>('admin/state/obs-websocket')
test.before.each(async (context) => {
  context.obs = await ObsWebSocket.start()
})
test.after.each(async ({ obs }) => obs.close())

const URL = 'http://localhost:3000/overlay#AbC_d-9'
const SOURCE = { name: 'CrossChat', width: 600, height: 800 }

const around: Surroundings = {
  open(address, protocol, ears) {
    const socket = new WebSocket(address, protocol)
    socket.on('message', (data) => ears.heard(String(data)))
    socket.on('close', (code) => ears.closed(code))
    socket.on('error', () => undefined)
    return socket
  },
  subtle: crypto.subtle,
  secure: false,
}
const put = (port: number, { password = '', ...more }: { password?: string } & Partial<Surroundings> = {}) =>
  putIntoObs({ port, password, source: SOURCE, url: URL }, { ...around, ...more })

/** What the person reads when it goes wrong. */
async function trouble(put: Promise<unknown>): Promise<string> {
  const thrown = await put.then(
    () => null,
    (error: unknown) => error,
  )
  assert.instance(thrown, ObsTrouble)
  return thrown instanceof ObsTrouble ? thrown.message : ''
}

test('makes the source in the scene on programme, by address and size', async ({ obs }) => {
  assert.is(await put(obs.port), 'made')
  const settings = {
    url: URL,
    width: 600,
    height: 800,
    is_local_file: false,
    shutdown: false,
    restart_when_active: false,
  }
  assert.equal(obs.inputs, [{ inputName: 'CrossChat', inputKind: 'browser_source', settings, sceneName: obs.scene }])
})

test('gives one of that name the new address and leaves its other settings', async ({ obs }) => {
  const settings = { url: 'http://old.example/overlay#old', css: 'body {}' }
  obs.inputs = [{ inputName: 'CrossChat', inputKind: 'browser_source', settings, sceneName: obs.scene }]
  assert.is(await put(obs.port), 'changed')
  assert.is(obs.inputs.length, 1)
  assert.equal([obs.inputs[0]?.settings.url, obs.inputs[0]?.settings.css], [URL, 'body {}'])
})

test('touches nothing else that has the name', async ({ obs }) => {
  obs.inputs = [{ inputName: 'CrossChat', inputKind: 'image_source', settings: {}, sceneName: obs.scene }]
  assert.match(await trouble(put(obs.port)), /something else that is called “CrossChat”/)
  assert.equal(obs.asked, ['GetInputList'])
})

test('answers the challenge with the password, which goes nowhere itself', async ({ obs }) => {
  obs.password = 'sesame öffne'
  const said: string[] = []
  const open: Surroundings['open'] = (...args) => {
    const wire = around.open(...args)
    return { close: () => wire.close(), send: (text) => wire.send(said[said.push(text) - 1] ?? '') }
  }
  assert.is(await put(obs.port, { password: obs.password, open }), 'made')
  assert.not.ok(said.some((text) => text.includes('sesame')))
  assert.match(await trouble(put(obs.port, { password: 'wrong' })), /The password is not OBS’s/)
  assert.match(await trouble(put(obs.port)), /OBS asks for a password/)
  assert.match(await trouble(put(obs.port, { password: 'any', subtle: undefined })), /only on https and on localhost/)
})

test('the answer is the one that the protocol’s paper works out', async () => {
  const salt = 'lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI='
  const challenge = '+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY='
  const proof = await answerTo('supersecretpassword', { salt, challenge }, crypto.subtle)
  assert.is(proof, '1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4=')
})

test('says what to do when nothing answers, and more on https', async ({ obs }) => {
  const { port } = obs
  await obs.close()
  const text = await trouble(put(port))
  assert.match(text, `OBS does not answer at ws://127.0.0.1:${port}`)
  assert.match(text, /switch on “Enable WebSocket server”/)
  assert.match(await trouble(put(port, { secure: true })), /the browser may also refuse/)
  obs.close = async () => undefined
})

test('makes a sentence of whatever OBS does wrong', async ({ obs }) => {
  const words = {
    'not-ready': /busy changing its scenes/,
    refuses: /OBS did not do it: A source already exists/,
    stranger: /is not OBS’s WebSocket server/,
    'other-version': /another version of its protocol/,
    'hangs-up': /gone silent/,
  } as const
  for (const [name, word] of Object.entries(words)) {
    obs.trouble = name as keyof typeof words
    assert.match(await trouble(put(obs.port)), word)
  }
})

test('asks nobody at a port that is none', async () => {
  for (const port of [0, -1, 1.5, 70_000, Number.NaN])
    assert.match(await trouble(put(port)), /whole number from 1 to 65535/)
})

test('does not wait for ever for one that never greets', async ({ obs }) => {
  obs.trouble = 'silent'
  assert.match(await trouble(put(obs.port)), /OBS does not answer/)
})

test.run()
