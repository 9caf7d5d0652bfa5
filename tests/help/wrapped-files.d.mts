/** What a wrapped file operation does instead of what it was asked. */
export interface Wrapping {
  /** Asked before each operation on a path; an error it gives is thrown, after a part of what should be written was. */
  ask(operation: string, path: string): Error | null | Promise<Error | null>
  /** Told after each operation that went well. */
  done?(operation: string, path: string): void
  /** Bytes that the disk says are free; null = as it is. */
  free?(): number | null
}

/** Wraps Node's file operations for this thread, once; call it before whatever uses them is loaded. */
export function wrapFiles(wrapping: Wrapping): Promise<void>
