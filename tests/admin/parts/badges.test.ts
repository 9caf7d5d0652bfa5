import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Badges } from '../../../admin/parts/badges.ts'
import type { Role } from '../../../admin/state/model.ts'

const test = suite('admin/parts/badges')

const words = (roles: Role[], first = false) =>
  Badges({ author: { id: '1', name: 'Ola', roles, badges: [] }, first }).map(({ props }) => props.children)

test('shows what somebody is, the weightiest first, at most three', () => {
  assert.equal(words(['sub', 'mod']), ['MOD', 'SUB'])
  assert.equal(words(['bot', 'sub', 'vip', 'owner', 'mod']), ['OWNER', 'MOD', 'VIP'])
})

test('marks a first message after the roles', () => {
  assert.equal(words(['sub'], true), ['SUB', 'FIRST'])
})

test.run()
