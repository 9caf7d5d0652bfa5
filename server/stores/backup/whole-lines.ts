import { readSync } from 'node:fs'
import { isAppended } from './layout.ts'
import type { Opened } from './moment.ts'

const CHUNK_BYTES = 64 * 1024
const NEWLINE = 0x0a

/** Bytes of the file up to the end of its last whole line: what stands behind it is being written, and nobody was told that it is kept. */
export function wholeBytes({ name, descriptor, bytes }: Opened): number {
  if (!isAppended(name)) return bytes
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let end = bytes; end > 0; end -= CHUNK_BYTES) {
    const start = Math.max(0, end - CHUNK_BYTES)
    const read = readSync(descriptor, chunk, 0, end - start, start)
    const newline = chunk.subarray(0, read).lastIndexOf(NEWLINE)
    if (newline !== -1) return start + newline + 1
  }
  return 0
}
