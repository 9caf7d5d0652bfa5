import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { keyReader } from '../../admin/keyboard.ts'

const test = suite('admin/keyboard')

const key = (name: string, change = {}) => ({
  key: name,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  ...change,
})

function reader() {
  const done: string[] = []
  let now = 0
  const map = Object.fromEntries(['/', 'h', 'g l', 'g h'].map((name) => [name, () => done.push(name)]))
  const read = keyReader(map, () => now)
  return {
    done,
    press: (name: string, change = {}) => read(key(name, change)),
    later: (ms: number) => {
      now += ms
    },
  }
}

test('runs single keys and says which it took', () => {
  const { press, done } = reader()
  assert.is(press('/'), true)
  assert.is(press('x'), false)
  assert.is(press('toString'), false)
  assert.equal(done, ['/'])
})

test('runs a key after g as a pair, so that g h does not hide', () => {
  const { press, done } = reader()
  press('g')
  press('h')
  press('h')
  assert.equal(done, ['g h', 'h'])
})

test('forgets g after a while', () => {
  const { press, later, done } = reader()
  press('g')
  later(2_000)
  press('h')
  assert.equal(done, ['h'])
})

test('leaves keys with modifiers and keys of an input method alone', () => {
  const { press, done } = reader()
  assert.is(press('h', { ctrlKey: true }), false)
  assert.is(press('h', { metaKey: true }), false)
  assert.is(press('h', { isComposing: true }), false)
  assert.equal(done, [])
})

test.run()
