import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runNode } from '../../scripts/child.ts'

const child = suite('child')

child('keeps what a child says on both ways out', async () => {
  const ended = await runNode(['-e', "console.log('out'); console.error('err'); process.exitCode = 2"])
  assert.equal([ended.code, ended.timedOut], [2, false])
  assert.match(ended.output, 'out')
  assert.match(ended.output, 'err')
})

child('says so when a program does not exist', async () => {
  const ended = await runNode(['/nowhere/at/all.js'])
  assert.is(ended.code, 1)
  assert.match(ended.output, 'Cannot find module')
})

child('ends a child that runs too long with all it started, also what left its group', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const grandchild = `require('node:net').connect(${(server.address() as AddressInfo).port}, '127.0.0.1')`
  const apart = `{ detached: true, stdio: 'inherit' }`
  const ended = runNode(
    ['-e', `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], ${apart})`],
    { timeoutMs: 2_000 },
  )
  const [socket] = (await once(server, 'connection')) as [Socket]
  socket.on('error', () => {}).resume()
  await once(socket, 'close')
  assert.ok((await ended).timedOut)
  server.close()
})

child.run()
