import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../../server/log.ts'
import type { KeptWaiting } from '../../../server/stores/programs.ts'
import { NOTE_EVERY_MS, WaitingNotes } from '../../../server/webhooks/notes.ts'
import { Waiting } from '../../../server/webhooks/waiting.ts'

const test = suite('webhooks: notes')

const courier = (id: string, ...texts: string[]) => {
  const waiting = new Waiting()
  for (const text of texts) waiting.add(text, 1)
  return { webhook: { id }, waiting }
}

test('keeps what waits although how much waits is just being noted', async () => {
  const [first, second] = [courier('first', '1'), courier('second', '2', '3')]
  const kept: KeptWaiting[] = []
  let slow = () => {}
  const slept = new Promise<void>((resolve) => (slow = resolve))
  let begun = () => {}
  const noting = new Promise<void>((resolve) => (begun = resolve))
  const keepWaiting = async (waiting: KeptWaiting) => {
    kept.push(waiting)
    begun()
    if (waiting.id === 'first') await slept
  }
  const notes = new WaitingNotes({ keepWaiting }, createLog('silent'))
  // Its own timer holds no process.
  const alive = setInterval(() => {}, NOTE_EVERY_MS)
  notes.watch(() => [first, second], NOTE_EVERY_MS)
  await noting
  const keeping = notes.keep(second)
  await new Promise(setImmediate)
  slow()
  await Promise.all([keeping, notes.stop()])
  clearInterval(alive)
  assert.equal(
    kept.filter(({ id }) => id === 'second').at(-1),
    { id: 'second', texts: ['2', '3'], count: 2 },
    'it is not taken for lost',
  )
})

test.run()
