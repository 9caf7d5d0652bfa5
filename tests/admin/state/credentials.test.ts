import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accountComplaints, strength } from '../../../admin/state/credentials.ts'
import { passwordComplaint } from '../../../server/password-rule.ts'

const test = suite('admin/state/credentials')

const of = (username: string, password: string) => accountComplaints({ username, password, channel: '' })

test('lets through what the server takes', () => {
  assert.equal(of(' Мила_99 ', 'longer than eight'), {})
})

test('says what is wrong beside the field it is wrong in', () => {
  assert.equal(of('ab', 'short'), { username: 'At least 3 characters.', password: passwordComplaint('short') })
  assert.equal(of('two words', 'long enough to do'), { username: 'Letters, digits, dot, dash and underscore only.' })
  assert.equal(of('x'.repeat(33), 'long enough to do'), { username: 'At most 32 characters.' })
})

test('judges a password by length and variety', () => {
  assert.is(strength('seven77'), 'too short')
  assert.is(strength('aaaaaaaaaaaa'), 'weak')
  assert.is(strength('abcdefghij'), 'weak')
  assert.is(strength('Correct horse, battery staple'), 'strong')
})

test.run()
