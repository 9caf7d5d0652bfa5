import { createHash } from 'node:crypto'
import type { Archive } from '../archive.ts'
import type { KeptDocument } from './tables.ts'

/** How many there are, and a sum over all of them. */
export interface Digest {
  count: number
  sha256: string
}

export function same(a: Digest, b: Digest): boolean {
  return a.count === b.count && a.sha256 === b.sha256
}

/** Whatever their order: two stores need not sort alike. */
export function digestOf(documents: readonly KeptDocument[]): Digest {
  const each = documents.map(({ id, text }) => createHash('sha256').update(`${id}\n${text}`).digest('hex'))
  return { count: documents.length, sha256: createHash('sha256').update(each.sort().join('\n')).digest('hex') }
}

/** In their order, which belongs to a transcript, with epochs and gaps. */
export async function digestOfTranscript(archive: Archive, streamId: string): Promise<Digest> {
  const sum = createHash('sha256')
  let count = 0
  for (let nth = 0; ; nth++) {
    const records = await archive.records(streamId, nth)
    if (records.length === 0) return { count, sha256: sum.digest('hex') }
    for (const { epoch, seq, text } of records) sum.update(`${epoch} ${seq ?? 'gap'} ${text}\n`)
    count += records.length
  }
}
