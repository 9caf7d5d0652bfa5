import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apiKeyDigest, newApiKey } from '../../../server/auth/api-keys.ts'
import { newId, newSecret } from '../../../server/auth/ids.ts'
import { OverlayKeys } from '../../../server/auth/keys.ts'
import { Seal, sameSecret } from '../../../server/auth/seal.ts'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'
import type { Overlay } from '../../../server/stores/overlays.ts'

const OLD = Buffer.alloc(32, 1)
const NEW = Buffer.alloc(32, 2)

function overlay(): Overlay {
  return { id: newId(), channelId: newId(), name: 'Main', settings: DEFAULT_SETTINGS, keyVersion: 1, createdAt: 0 }
}
const holding = (...all: Overlay[]) => ({ byId: async (id: string) => all.find((each) => each.id === id) ?? null })

const keys = suite('auth/keys')

keys('opens the overlay that a key was made for', async () => {
  const [one, two] = [overlay(), overlay()]
  const overlayKeys = new OverlayKeys(new Seal([OLD]))
  const key = overlayKeys.keyOf(one)
  assert.match(key, /^[A-Za-z0-9_-]{43}$/)
  assert.is((await overlayKeys.find(key, holding(one, two)))?.id, one.id)
  assert.is(overlayKeys.keyOf(one), key)
})

keys('opens nothing with a key that was changed by one letter', async () => {
  const one = overlay()
  const overlayKeys = new OverlayKeys(new Seal([OLD]))
  const key = overlayKeys.keyOf(one)
  for (let at = 0; at < key.length; at++) {
    const letter = key[at] === 'A' ? 'B' : 'A'
    assert.is(await overlayKeys.find(key.slice(0, at) + letter + key.slice(at + 1), holding(one)), null, String(at))
  }
  for (const odd of ['', key.slice(1), `${key}A`, ` ${key}`, `${key}=`, '../'.repeat(14)]) {
    assert.is(await overlayKeys.find(odd, holding(one)), null)
  }
})

keys('takes a key in one spelling only', async () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const one = overlay()
  const overlayKeys = new OverlayKeys(new Seal([OLD]))
  const key = overlayKeys.keyOf(one)
  // The last letter carries two bits that stand for nothing.
  const twin = key.slice(0, -1) + letters[letters.indexOf(key.slice(-1)) + 1]
  assert.equal(Buffer.from(twin, 'base64url'), Buffer.from(key, 'base64url'))
  assert.is(await overlayKeys.find(twin, holding(one)), null)
})

keys('opens nothing once the version is raised, and never for an unknown overlay', async () => {
  const one = overlay()
  const overlayKeys = new OverlayKeys(new Seal([OLD]))
  const key = overlayKeys.keyOf(one)
  assert.is(await overlayKeys.find(key, holding({ ...one, keyVersion: 2 })), null)
  assert.is(await overlayKeys.find(overlayKeys.keyOf({ ...one, keyVersion: -1 }), holding()), null)
})

keys('goes on opening with the older secret while a new one comes in', async () => {
  const one = overlay()
  const key = new OverlayKeys(new Seal([OLD])).keyOf(one)
  const both = new OverlayKeys(new Seal([NEW, OLD]))
  assert.is((await both.find(key, holding(one)))?.id, one.id)
  assert.is.not(both.keyOf(one), key)
  assert.is(await new OverlayKeys(new Seal([NEW])).find(key, holding(one)), null)
})

keys('makes other keys for another purpose', () => {
  const seal = new Seal([OLD])
  assert.not.equal(seal.keys('cookies'), seal.keys('overlay keys'))
  assert.is(seal.keys('cookies')[0]?.length, 32)
  assert.throws(() => new Seal([]), /at least one secret/)
})

keys('knows an API key by its digest', () => {
  const key = newApiKey()
  assert.match(key, /^cc_[A-Za-z0-9_-]{43}$/)
  assert.match(apiKeyDigest(key) ?? '', /^[0-9a-f]{64}$/)
  for (const odd of ['', 'cc_', key.slice(1), `${key}x`, key.toUpperCase().replace('CC_', 'CC-')])
    assert.is(apiKeyDigest(odd), null)
})

keys('never makes an id twice', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  assert.is(new Set(ids).size, ids.length)
  assert.is(Buffer.from(newId(), 'base64url').length, 16)
  assert.is(Buffer.from(newSecret(), 'base64url').length, 32)
})

keys('compares secrets of any lengths', () => {
  assert.is(sameSecret('abc', 'abc'), true)
  for (const other of ['abd', 'ab', 'abcd', '']) assert.is(sameSecret(other, 'abc'), false)
})

keys.run()
