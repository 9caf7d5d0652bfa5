import { mock } from 'node:test'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { addressFor, ifServed, Reload } from '../../overlay/reload.ts'

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
  const reload = new Reload(
    'b1',
    'b2',
    (build) => gone.push(build),
    () => undefined,
  )
  for (const build of ['b1', 'b2', null]) {
    reload.look(build)
    mock.timers.tick(120_000)
  }
  assert.equal(gone, [])
})

test('goes after two quiet seconds, when the page is a minute old', ({ gone }) => {
  const reload = new Reload(
    'b1',
    null,
    (build) => gone.push(build),
    () => undefined,
  )
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

test('waits while a message is featured, and goes two quiet seconds after', ({ gone }) => {
  const reload = new Reload(
    'b1',
    null,
    (build) => gone.push(build),
    () => undefined,
  )
  mock.timers.tick(60_000)
  reload.look('b2', { featured: true })
  mock.timers.tick(120_000)
  assert.equal(gone, [])
  reload.look('b2')
  mock.timers.tick(2_000)
  assert.equal(gone, ['b2'])
})

test('does not wait for quiet where nobody sees it, but is never young', ({ gone }) => {
  const reload = new Reload(
    'b1',
    null,
    (build) => gone.push(build),
    () => undefined,
  )
  reload.look('b2', { hidden: true })
  mock.timers.tick(59_999)
  assert.equal(gone, [])
  mock.timers.tick(1)
  assert.equal(gone, ['b2'])
  reload.look('b3', { hidden: true })
  mock.timers.tick(0)
  assert.equal(gone, ['b2', 'b3'])
})

test('loads the same page once more for who asks, however young it is', ({ gone }) => {
  const reload = new Reload(
    'b1',
    null,
    (build) => gone.push(build),
    () => gone.push('again'),
  )
  reload.ask()
  reload.look('b1')
  mock.timers.tick(1_999)
  assert.equal(gone, [])
  mock.timers.tick(1)
  assert.equal(gone, ['again'])
  reload.look('b1', { hidden: true })
  mock.timers.tick(0)
  assert.equal(gone, ['again', 'again'], 'at once when hidden')
})

test('goes after half a minute when somebody asked and the chat never rests', ({ gone }) => {
  const reload = new Reload(
    'b1',
    null,
    (build) => gone.push(build),
    () => gone.push('again'),
  )
  reload.ask()
  for (let second = 0; second < 30; second++) {
    reload.look('b1')
    mock.timers.tick(1_000)
  }
  assert.equal(gone, ['again'])
})

test('leaves only for a server that says that it is well', async () => {
  const answers: Record<string, () => Response> = {
    well: () => Response.json({ status: 'ok' }),
    ending: () => Response.json({ status: 'ok' }, { status: 503 }),
    another: () => Response.json({ status: 'ready' }),
    'a proxy': () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    'a page of somebody': () => new Response('<h1>Welcome</h1>'),
    nobody: () => {
      throw new TypeError('Failed to fetch')
    },
  }
  const left: string[] = []
  for (const [who, answer] of Object.entries(answers))
    await ifServed(
      () => left.push(who),
      async () => answer(),
    )
  assert.equal(left, ['well'])
})

test.run()
