import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../server/errors.ts'
import { Arriving, MAX_ARRIVING_BYTES, MAX_ARRIVING_OF_ONE } from '../../../server/middleware/arriving.ts'

const test = suite('middleware/arriving')

function refused(grow: () => void): boolean {
  try {
    grow()
    return false
  } catch (error) {
    assert.instance(error, CrossChatError)
    assert.is((error as CrossChatError).code, 'busy')
    return true
  }
}

test('asks whoever sends too much at once to wait, and lets others send', () => {
  const arriving = new Arriving()
  const [first, second, other] = [arriving.begin('loud'), arriving.begin('loud'), arriving.begin('quiet')]
  first.grow(MAX_ARRIVING_OF_ONE)
  assert.ok(refused(() => second.grow(1)))
  assert.not(refused(() => other.grow(1)))
  first.end()
  assert.not(refused(() => second.grow(MAX_ARRIVING_OF_ONE)))
})

test('holds no more than so much of all together', () => {
  const arriving = new Arriving()
  const all = Array.from({ length: MAX_ARRIVING_BYTES / MAX_ARRIVING_OF_ONE }, (_, nth) => arriving.begin(`${nth}`))
  for (const each of all) each.grow(MAX_ARRIVING_OF_ONE)
  const late = arriving.begin('late')
  assert.not(
    refused(() => late.grow(1_024)),
    'what is little is let in',
  )
  assert.ok(refused(() => late.grow(MAX_ARRIVING_OF_ONE / 2)))
  all[0]?.end()
  assert.not(refused(() => late.grow(MAX_ARRIVING_OF_ONE / 2)))
})

test('counts a body once, however often it is said to have ended', () => {
  const arriving = new Arriving()
  const [body, other] = [arriving.begin('k'), arriving.begin('k')]
  body.grow(MAX_ARRIVING_OF_ONE / 2)
  other.grow(MAX_ARRIVING_OF_ONE / 2)
  body.end()
  body.end()
  assert.not(refused(() => body.grow(MAX_ARRIVING_OF_ONE / 2)))
  assert.ok(refused(() => other.grow(1)))
})

test.run()
