import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HookKeys } from '../../../server/auth/hook-keys.ts'
import { newId } from '../../../server/auth/ids.ts'
import { OverlayKeys } from '../../../server/auth/keys.ts'
import { Seal } from '../../../server/auth/seal.ts'
import { DEFAULT_SETTINGS } from '../../../server/look-defaults.ts'

const OLD = Buffer.alloc(32, 1)
const NEW = Buffer.alloc(32, 2)

const test = suite('auth/hook-keys')

test('says whose address it is, and stays the same', () => {
  const keys = new HookKeys(new Seal([OLD]))
  const channel = newId()
  const key = keys.keyOf(channel, 'kick')
  assert.match(key, /^[A-Za-z0-9_-]{43}$/)
  assert.is(keys.keyOf(channel, 'kick'), key)
  assert.is(keys.channelOf(key, 'kick'), channel)
})

test('knows no key of another instance, another platform or another purpose', () => {
  const keys = new HookKeys(new Seal([OLD]))
  const channelId = newId()
  assert.is(keys.channelOf(new HookKeys(new Seal([NEW])).keyOf(channelId, 'kick'), 'kick'), null)
  assert.is(keys.channelOf(keys.keyOf(channelId, 'kick'), 'twitch'), null)
  const overlay = { id: channelId, channelId, name: 'Main', settings: DEFAULT_SETTINGS, keyVersion: 1, createdAt: 0 }
  assert.is(keys.channelOf(new OverlayKeys(new Seal([OLD])).keyOf(overlay), 'kick'), null)
})

test('knows no key with one letter changed, nor in another spelling or length', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const keys = new HookKeys(new Seal([OLD]))
  const key = keys.keyOf(newId(), 'kick')
  for (let at = 0; at < key.length; at++) {
    const letter = key[at] === 'A' ? 'B' : 'A'
    assert.is(keys.channelOf(key.slice(0, at) + letter + key.slice(at + 1), 'kick'), null, String(at))
  }
  // The last letter carries two bits that stand for nothing.
  const twin = key.slice(0, -1) + letters[letters.indexOf(key.slice(-1)) + 1]
  assert.equal(Buffer.from(twin, 'base64url'), Buffer.from(key, 'base64url'))
  for (const odd of [twin, '', key.slice(1), `${key}A`, `${key}=`, ` ${key}`, '../'.repeat(14)]) {
    assert.is(keys.channelOf(odd, 'kick'), null, odd)
  }
})

test('goes on to know the addresses that were given out before the instance’s secret was exchanged', () => {
  const channel = newId()
  const before = new HookKeys(new Seal([OLD])).keyOf(channel, 'kick')
  const exchanged = new HookKeys(new Seal([NEW, OLD]))
  assert.is(exchanged.channelOf(before, 'kick'), channel)
  assert.is.not(exchanged.keyOf(channel, 'kick'), before)
})

test.run()
