import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Gate, Room } from '../../../workers/emotes/gate.ts'

const test = suite('emotes/gate')

test('lets so many in at a time, in the order they came, also when one fails', async () => {
  const gate = new Gate(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const tasks = [0, 1, 2, 3].map((n) =>
    gate.run(async () => {
      begun.push(n)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (n === 0) throw new Error('failed')
      return n
    }),
  )
  const settled = Promise.allSettled(tasks)
  await Promise.resolve()
  assert.equal(begun, [0, 1])
  ends[0]?.()
  await tasks[0]?.catch(() => {})
  assert.equal(begun, [0, 1, 2])
  ends[1]?.()
  await tasks[1]
  assert.equal(begun, [0, 1, 2, 3])
  for (const end of ends) end()
  assert.equal(
    (await settled).map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  )
  assert.is(await gate.run(async () => 'free again'), 'free again')
})

test('has room for so many emotes in all', () => {
  const room = new Room(10)
  assert.ok(room.exchange(0, 6))
  assert.not.ok(room.exchange(0, 5))
  assert.ok(room.exchange(6, 7))
  assert.ok(room.exchange(0, 3))
  assert.not.ok(room.exchange(3, 4))
  assert.ok(room.exchange(7, 0))
  assert.ok(room.exchange(0, 7))
})

test.run()
