import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { crosschat } from '../help/command.ts'
import { Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'

const test = suite<{ dataDir: string; remove(): Promise<void> }>('the command line')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.dataDir = data.path
  context.remove = data.remove
})
test.after.each(async ({ remove }) => remove())

test('refuses words and options that it does not know', async ({ dataDir }) => {
  for (const words of [
    ['stop'],
    ['start', 'again'],
    ['--hepl'],
    ['start', '--port=80'],
    ['reset-password'],
    ['backup'],
    ['restore', 'a', 'b'],
    ['backup', 'a', '--replace'],
  ]) {
    const { code, said, complained } = await crosschat(words, { DATA_DIR: dataDir })
    assert.is(code, 2, words.join(' '))
    assert.is(said, '')
    assert.match(complained, /is no command of crosschat/)
  }
})

test('says that the port is taken', async ({ dataDir }) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, complained } = await crosschat(['start'], { DATA_DIR: dataDir, PORT: String(port) })
  other.close()
  assert.is(code, 1)
  assert.match(complained, new RegExp(`^Port ${port} of 127.0.0.1 is taken`))
})

test('says that the data folder cannot be used', async ({ dataDir }) => {
  const path = join(dataDir, 'file')
  await writeFile(path, '')
  for (const folder of [path, join(path, 'below')]) {
    const { code, complained } = await crosschat(['start'], { DATA_DIR: folder })
    assert.is(code, 1)
    assert.match(complained, /^The data folder \S+ cannot be used/)
  }
})

test('ends when its secret was cut short', async ({ dataDir }) => {
  await writeFile(join(dataDir, 'secret'), 'short')
  const { code, complained } = await crosschat(['start'], { DATA_DIR: dataDir })
  assert.is(code, 1)
  assert.match(complained, /holds less than 32 bytes/)
})

test('gives an account a password that it can sign in with, and no other', async ({ dataDir }) => {
  const before = await startServer({ dataDir })
  await Panel.register(before.base, 'Forgetful')
  await before.end()
  const env = { DATA_DIR: dataDir }
  for (const odd of ['', 'short\n', `${'x'.repeat(257)}\n`])
    assert.is((await crosschat(['reset-password', 'forgetful'], env, odd)).code, 1)
  assert.is((await crosschat(['reset-password', 'nobody'], env, 'quite another one\n')).code, 1)
  assert.is((await crosschat(['reset-password', 'forgetful'], env, 'quite another one\n')).code, 0)
  const after = await startServer({ dataDir })
  const signIn = async (password: string) =>
    (await new Panel(after.base).call('POST', '/api/auth/login', { username: 'forgetful', password })).status
  assert.equal([await signIn('plain long password'), await signIn('quite another one')], [401, 200])
  await after.end()
})

test.run()
