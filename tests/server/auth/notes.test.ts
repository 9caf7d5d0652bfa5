import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Notes } from '../../../server/auth/notes.ts'

const test = suite('auth/notes')

test('writes one note of a key at a time, and no failure is anybody’s', async () => {
  const notes = new Notes()
  const begun: string[] = []
  const ends: ((error?: Error) => void)[] = []
  const write = (key: string) => () => {
    begun.push(key)
    return new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))
  }
  notes.take('a', write('a'))
  notes.take('a', write('a'))
  notes.take('b', write('b'))
  assert.equal(begun, ['a', 'b'])
  for (const end of ends.splice(0)) end(new Error('the disk is full'))
  await new Promise((resolve) => setImmediate(resolve))
  notes.take('a', write('a'))
  assert.equal(begun, ['a', 'b', 'a'])
  for (const end of ends) end()
})

test.run()
