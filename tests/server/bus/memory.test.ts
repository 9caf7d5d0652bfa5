import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MemoryBus } from '../../../server/bus/memory.ts'
import { Hearer, slices } from './hearer.ts'

const bus = suite('memory bus')

bus('gives what is published to its listener before it returns, and nothing once it is closed', async () => {
  const bus = new MemoryBus()
  const hearer = new Hearer()
  hearer.epoch = 'first'
  bus.listen(hearer)
  for (const slice of slices('own', 'first', 1, 3)) bus.publish(slice)
  await bus.close()
  for (const slice of slices('own', 'first', 4, 5)) bus.publish(slice)
  assert.equal([hearer.heard, hearer.violations], [[1, 2, 3], []])
})

bus.run()
