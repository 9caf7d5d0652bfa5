import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_RESET_LINKS, RESET_LINK_MS, ResetLinks } from '../../../server/auth/reset-links.ts'

const test = suite('auth/reset-links')

test('opens once, for its hour', () => {
  let now = 0
  const links = new ResetLinks(() => now)
  const { token, until } = links.make('otter')
  assert.ok(until > Date.now() && until <= Date.now() + RESET_LINK_MS, 'told by the time of day')
  assert.equal([links.look(token), links.use(token), links.use(token)], ['otter', 'otter', null])
  const late = links.make('otter')
  now = RESET_LINK_MS
  assert.is(links.use(late.token), null)
})

test('keeps one a person, and no more than so many', () => {
  const links = new ResetLinks()
  const first = links.make('otter')
  const second = links.make('otter')
  assert.equal([links.look(first.token), links.look(second.token)], [null, 'otter'])
  for (let n = 0; n < MAX_RESET_LINKS; n++) links.make(`person ${n}`)
  assert.is(links.look(second.token), null)
})

test('opens nothing for what it has not made', () => {
  for (const token of ['', 'AAAA', '__proto__']) assert.is(new ResetLinks().look(token), null)
})

test.run()
