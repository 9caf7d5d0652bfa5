import { mock } from 'node:test'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addressFor, Reload } from '../../overlay/reload.ts'

const test = suite<{ gone: string[] }>('overlay/reload')

test.before.each((context) => {
  context.gone = []
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
})
test.after.each(() => mock.timers.reset())

test('goes to the same address for another build, key and settings kept', () => {
  const address = addressFor('http://chat.example/overlay?theme=captions#secret', 'b2')
  assert.is(address, 'http://chat.example/overlay?theme=captions&build=b2#secret')
  assert.is(addressFor(address, 'b3'), 'http://chat.example/overlay?theme=captions&build=b3#secret')
})

test('stays for its own build, and for one it was reloaded for in vain', ({ gone }) => {
  const reload = new Reload('b1', 'b2', (build) => gone.push(build))
  for (const build of ['b1', 'b2', null]) {
    reload.look(build)
    mock.timers.tick(120_000)
  }
  assert.equal(gone, [])
})

test('goes after two quiet seconds, when the page is a minute old', ({ gone }) => {
  const reload = new Reload('b1', null, (build) => gone.push(build))
  reload.look('b2')
  mock.timers.tick(59_999)
  assert.equal(gone, [])
  reload.look('b2')
  mock.timers.tick(1_999)
  reload.look('b2')
  mock.timers.tick(1_999)
  assert.equal(gone, [])
  mock.timers.tick(1)
  assert.equal(gone, ['b2'])
})

test.run()
