import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Notes } from '../../../server/auth/notes.ts'

const test = suite('auth/notes')

interface Disk {
  begun: string[]
  /** What was begun ends, well or badly. */
  end(error?: Error): Promise<void>
  write(what: string): () => Promise<void>
}

function disk(): Disk {
  const begun: string[] = []
  const ends: ((error?: Error) => void)[] = []
  return {
    begun,
    async end(error) {
      for (const end of ends.splice(0)) end(error)
      await new Promise((resolve) => setImmediate(resolve))
    },
    write: (what) => () => {
      begun.push(what)
      return new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())))
    },
  }
}

test('writes one note of a key at a time, and no failure is anybody’s', async () => {
  const notes = new Notes()
  const { begun, end, write } = disk()
  notes.take('a', write('a'))
  notes.take('b', write('b'))
  assert.equal(begun, ['a', 'b'])
  await end(new Error('the disk is full'))
  notes.take('a', write('a once more'))
  assert.equal(begun, ['a', 'b', 'a once more'])
  await end()
})

test('keeps the newest note of those that came while one was written, and drops the others', async () => {
  const notes = new Notes()
  const { begun, end, write } = disk()
  for (const what of ['first', 'second', 'third']) notes.take('a', write(what))
  assert.equal(begun, ['first'])
  await end(new Error('the disk is full'))
  assert.equal(begun, ['first', 'third'])
  await end()
  assert.equal(begun, ['first', 'third'])
})

test.run()
