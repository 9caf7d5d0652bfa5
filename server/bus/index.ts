import type { Bus } from './bus.ts'
import { MemoryBus } from './memory.ts'

/** The register of buses: one line a driver. */
const DRIVERS: ReadonlyMap<string, () => Bus> = new Map([['memory', () => new MemoryBus()]])

/** Throws for an unknown driver, naming the known ones. */
export function openBus(driver: string): Bus {
  const make = DRIVERS.get(driver)
  if (make === undefined) throw new Error(`There is no bus "${driver}". Known: ${[...DRIVERS.keys()].join(', ')}.`)
  return make()
}
