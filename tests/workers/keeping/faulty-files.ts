import { wrapFiles } from '../../help/wrapped-files.mjs'

/**
 * Node's file operations, each of which can be made to fail. NeDB takes hold of them while it is loaded, so a test calls
 * this first and imports what it tests afterwards.
 */
export interface Faults {
  /** Asked before each operation; an error it gives is thrown by that operation. Null = nothing fails. */
  ask: ((operation: string, path: string) => Error | null | Promise<Error | null>) | null
  /** Told after each operation that went well. */
  done: ((operation: string, path: string) => void) | null
}

export async function faultyFiles(): Promise<Faults> {
  const faults: Faults = { ask: null, done: null }
  await wrapFiles({
    ask: (operation, path) => faults.ask?.(operation, path) ?? null,
    done: (operation, path) => faults.done?.(operation, path),
  })
  return faults
}

/** What a disk says when it fails; a write has then written a part. */
export function failure(code: string, operation = 'an operation'): Error {
  return Object.assign(new Error(`${code}: ${operation} fails`), { code })
}

/** Fails the `nth` operation on anything in the folder, once. `calls` tells how many there were. */
export function failOnce(faults: Faults, folder: string, nth: number, code = 'EIO'): { calls: number } {
  const count = { calls: 0 }
  faults.ask = (name, path) => {
    if (!path.startsWith(folder)) return null
    count.calls += 1
    return count.calls === nth ? failure(code, name) : null
  }
  return count
}
