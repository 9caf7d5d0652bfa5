import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../server/errors.ts'
import { Names } from '../../server/source-names.ts'
import type { ToWorker } from '../../workers/control.ts'

function open() {
  const posted: ToWorker[] = []
  const names = new Names({ post: (word) => posted.push(word) })
  return { names, posted }
}

const codeOf = (error: unknown) => (error instanceof CrossChatError ? error.code : String(error))

const test = suite('source-names')

test('gives each asker their own answer, in whatever order these come', async () => {
  const { names, posted } = open()
  const asked = ['One', 'Two'].map((typed) => names.ask('testtube', typed, { a: 'b' }))
  assert.equal(posted[0], { type: 'name', ask: 1, platform: 'testtube', typed: 'One', options: { a: 'b' } })
  names.hear({ type: 'named', ask: 2, name: 'two' })
  names.hear({ type: 'named', ask: 1, name: 'one' })
  names.hear({ type: 'named', ask: 1, name: 'nobody asks any more' })
  assert.equal(await Promise.all(asked), ['one', 'two'])
})

test('refuses with the platform’s own sentence', async () => {
  const { names } = open()
  const asked = names.ask('testtube', '???', {}).catch((error: unknown) => error)
  names.hear({ type: 'unnamed', ask: 1, problem: 'Letters only.' })
  const error = await asked
  assert.is(codeOf(error), 'bad_name')
  assert.equal(error instanceof CrossChatError && [error.message, error.fields], [
    'Letters only.',
    { channel: 'Letters only.' },
  ])
})

test('asks the next worker what the one before did not answer', async () => {
  const { names, posted } = open()
  const asked = names.ask('testtube', 'One', {})
  names.began()
  assert.equal(posted[1], posted[0])
  names.hear({ type: 'named', ask: 1, name: 'one' })
  names.began()
  assert.is(posted.length, 2)
  assert.is(await asked, 'one')
})

test('lets nobody wait when the process ends', async () => {
  const { names } = open()
  const asked = names.ask('testtube', 'One', {}).catch(codeOf)
  names.stop()
  assert.is(await asked, 'stopping')
})

test.run()
