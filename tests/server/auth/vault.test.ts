import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Seal } from '../../../server/auth/seal.ts'
import { Vault } from '../../../server/auth/vault.ts'

const OLD = Buffer.alloc(32, 1)
const NEW = Buffer.alloc(32, 2)
const SECRET = 'an API key: ключ 🔑'

const test = suite('auth/vault')

test('opens what it locked, and locks the same secret differently each time', () => {
  const vault = new Vault(new Seal([OLD]))
  const [one, other] = [vault.lock(SECRET), vault.lock(SECRET)]
  assert.is.not(one, other)
  assert.equal([vault.open(one), vault.open(other)], [SECRET, SECRET])
  assert.not.match(Buffer.from(one, 'base64url').toString('latin1'), /API key/)
  assert.is(vault.open(vault.lock('')), '')
})

test('opens nothing of another instance’s secret', () => {
  assert.is(new Vault(new Seal([NEW])).open(new Vault(new Seal([OLD])).lock(SECRET)), null)
})

test('still opens what was locked before the instance’s secret was exchanged, and locks with the new one', () => {
  const sealed = new Vault(new Seal([OLD])).lock(SECRET)
  const exchanged = new Vault(new Seal([NEW, OLD]))
  assert.is(exchanged.open(sealed), SECRET)
  assert.is(new Vault(new Seal([NEW])).open(exchanged.lock(SECRET)), SECRET)
})

test('opens nothing that was changed by a single bit, cut short, or never sealed', () => {
  const vault = new Vault(new Seal([OLD]))
  const sealed = Buffer.from(vault.lock(SECRET), 'base64url')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.is(vault.open(changed.toString('base64url')), null, String(at))
  }
  for (let length = 0; length < sealed.length; length++) {
    assert.is(vault.open(sealed.subarray(0, length).toString('base64url')), null, String(length))
  }
  for (const odd of ['', 'plain text', '%%%', '🔑'.repeat(40)]) assert.is(vault.open(odd), null, odd)
})

test.run()
