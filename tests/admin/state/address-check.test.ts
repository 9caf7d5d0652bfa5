import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { askAddress } from '../../../admin/state/address-check.ts'

const test = suite('admin/state/address-check')

const answering = (ok: boolean) => async () => ({ ok })

test('knows this process by its answer, and another by its refusal', async () => {
  const page = { protocol: 'http:' }
  assert.is(await askAddress('http://chat.example', 'word', page, answering(true)), 'here')
  assert.is(await askAddress('http://chat.example', 'word', page, answering(false)), 'elsewhere')
  const silent = () => Promise.reject(new TypeError('Failed to fetch'))
  assert.is(await askAddress('https://chat.example', 'word', page, silent), 'nowhere')
})

test('asks for the word without cookies and follows nobody elsewhere', async () => {
  const asked: unknown[] = []
  await askAddress('https://chat.example', 'word', { protocol: 'https:' }, async (path, { credentials, redirect }) => {
    asked.push(path, credentials, redirect)
    return { ok: true }
  })
  assert.equal(asked, ['https://chat.example/api/address-checks/word', 'omit', 'error'])
})

test('does not ask what a browser would not let it ask', async () => {
  assert.is(await askAddress('http://chat.example', 'word', { protocol: 'https:' }, answering(true)), 'barred')
})

test.run()
