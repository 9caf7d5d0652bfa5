import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Node's file operations, each of which can be made to fail. NeDB takes hold of them while it is loaded, so a test calls
 * this first and imports what it tests afterwards.
 */
export interface Faults {
  /** Asked before each operation; an error it gives is thrown by that operation. Null = nothing fails. */
  ask: ((operation: string, path: string) => Error | null) | null
}

const OPERATIONS = [
  'appendFile',
  'open',
  'readFile',
  'rename',
  'rm',
  'stat',
  'truncate',
  'writeFile',
  'chmod',
  'mkdir',
] as const
/** Bytes that a failing append leaves out: a full disk takes a part before it says so. */
const MISSING = 9

export function faultyFiles(): Faults {
  const faults: Faults = { ask: null }
  for (const name of OPERATIONS) {
    const real = fs[name] as (...args: unknown[]) => Promise<unknown>
    Reflect.set(fs, name, async (...args: unknown[]) => {
      const error = faults.ask?.(name, String(args[0])) ?? null
      if (error !== null && name === 'appendFile')
        await real(args[0], String(args[1]).slice(0, -MISSING), ...args.slice(2))
      if (error !== null) throw error
      return real.apply(fs, args)
    })
  }
  syncBuiltinESMExports()
  return faults
}

/** Fails the `nth` operation on anything in the folder, once. `calls` tells how many there were. */
export function failOnce(faults: Faults, folder: string, nth: number): { calls: number } {
  const count = { calls: 0 }
  faults.ask = (name, path) => {
    if (!path.startsWith(folder)) return null
    count.calls += 1
    return count.calls === nth ? Object.assign(new Error(`${name} fails`), { code: 'EIO' }) : null
  }
  return count
}
