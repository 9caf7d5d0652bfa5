import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { workThrough } from '../../scripts/lanes.ts'

const lanes = suite('lanes')

/** Work that ends when it is told to, in the order in which it began. */
class Bench {
  readonly begun: number[] = []
  readonly #ends: (() => void)[] = []
  #wake: () => void = () => {}

  work = (item: number): Promise<void> => {
    this.begun.push(item)
    this.#wake()
    return new Promise((end) => this.#ends.push(end))
  }

  endOldest(): void {
    this.#ends.shift()?.()
  }

  async until(count: number): Promise<void> {
    while (this.begun.length < count) {
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
  }
}

lanes('begins another when one has ended, in order, and ends with the last', async () => {
  const bench = new Bench()
  const all = workThrough([1, 2, 3, 4], bench.work, { least: 2, most: 2 })
  assert.equal(bench.begun, [1, 2])
  bench.endOldest()
  await bench.until(3)
  bench.endOldest()
  await bench.until(4)
  bench.endOldest()
  bench.endOldest()
  await all
  assert.equal(bench.begun, [1, 2, 3, 4])
})

lanes('lets idle cores have one more at a time, up to the most, and busy ones none', async () => {
  const bench = new Bench()
  const idle: number[] = [0, 0.9, 0, 0, 0.9, 0.9, 0.9]
  const looks: number[] = []
  const look = () => {
    looks.push(bench.begun.length)
    return idle.shift() ?? 0
  }
  const all = workThrough([1, 2, 3, 4, 5], bench.work, { least: 2, most: 4, lookMs: 1, idle: look })
  await bench.until(4)
  assert.equal(looks, [2, 2, 3, 3, 3])
  bench.endOldest()
  await bench.until(5)
  assert.equal(looks, [2, 2, 3, 3, 3], 'at the most there is nothing to look for')
  for (let left = 0; left < 4; left++) bench.endOldest()
  await all
})

lanes('works through nothing', async () => {
  await workThrough([], () => Promise.reject(new Error('There is nothing.')), { least: 2, most: 2 })
})

lanes.run()
