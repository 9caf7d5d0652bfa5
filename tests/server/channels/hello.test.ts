import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readHello } from '../../../server/channels/hello.ts'
import { readReport } from '../../../server/channels/report.ts'

const test = suite('hello')
const read = (frame: unknown) => readHello(JSON.stringify(frame))

test('reads key, place and client', () => {
  assert.equal(read({ type: 'hello', key: 'k', epoch: 'e', seq: 4, client: { name: 'n', obs: '2.24' } }), {
    key: 'k',
    at: { epoch: 'e', seq: 4 },
    client: { name: 'n', obs: '2.24' },
  })
})

test('takes a place only whole', () => {
  assert.is(read({ type: 'hello', epoch: 'e' })?.at, null)
  assert.is(read({ type: 'hello', seq: 4 })?.at, null)
  assert.is(read({ type: 'hello', epoch: null, seq: null, key: null })?.key, null)
})

test('lets fields of later releases through, and refuses what is no hello', () => {
  assert.ok(read({ type: 'hello', later: true }))
  for (const wrong of [{ type: 'bye' }, { key: 'k' }, [], null, 'hello']) assert.is(read(wrong), null)
  assert.is(readHello('{"type":"hello"'), null)
})

test('takes what can be no key for none, and what can be no place for none', () => {
  for (const key of [7, 'k'.repeat(201), {}, ['k'], true]) assert.is(read({ type: 'hello', key })?.key, null)
  for (const seq of [-1, 1.5, '7', 1e300, {}]) assert.is(read({ type: 'hello', epoch: 'e', seq })?.at, null)
  assert.is(read({ type: 'hello', epoch: 'e'.repeat(101), seq: 1 })?.at, null)
})

test('refuses a frame whose making into text would call what it brings', () => {
  for (const key of [
    '{"length":[{"toString":1}]}',
    '{"length":{"valueOf":1,"toString":1}}',
    '{"__proto__":{"length":1}}',
  ]) {
    assert.is(readHello(`{"type":"hello","key":${key}}`), null)
    assert.is(readReport(`{"type":"report","build":${key}}`), null)
  }
})

test.run()
