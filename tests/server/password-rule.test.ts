import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_PASSWORD, MIN_PASSWORD, passwordComplaint } from '../../server/password-rule.ts'

const test = suite('password-rule')

test('takes what is long enough, whatever it is made of', () => {
  for (const password of [
    'noodle kni',
    'ночная сова',
    `${'🦉'.repeat(8)}ab`,
    `${'x1'.repeat(60)}!!`,
    'a long and secret one',
    `${'a'.repeat(72)}X`,
    '🦉'.repeat(64),
  ])
    assert.is(passwordComplaint(password), null, password)
})

test('says in a sentence how long one is', () => {
  assert.match(String(passwordComplaint('x'.repeat(MIN_PASSWORD - 1))), /at least 10 characters/)
  assert.match(String(passwordComplaint('ab cd'.repeat(60))), new RegExp(`at most ${MAX_PASSWORD} characters`))
})

test('refuses what strangers try first', () => {
  for (const password of ['1234567890', 'PassWord123', 'qwertyuiop', 'aaaaaaaaaaaa', 'xyxyxyxyxyx'])
    assert.match(String(passwordComplaint(password)), /strangers try/, password)
})

test.run()
