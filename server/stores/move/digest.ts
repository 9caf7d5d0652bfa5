import { createHash } from 'node:crypto'
import type { Archive, KeptRecord } from '../archive.ts'
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
export class TranscriptSum {
  readonly #sum = createHash('sha256')
  #count = 0

  add(records: readonly KeptRecord[]): void {
    for (const { epoch, seq, text } of records) this.#sum.update(`${epoch} ${seq ?? 'gap'} ${text}\n`)
    this.#count += records.length
  }

  /** Of all that was added; asked for once. */
  end(): Digest {
    return { count: this.#count, sha256: this.#sum.digest('hex') }
  }
}

export async function digestOfTranscript(archive: Archive, streamId: string): Promise<Digest> {
  const sum = new TranscriptSum()
  for (let nth = 0; ; nth++) {
    const records = await archive.records(streamId, nth)
    if (records.length === 0) return sum.end()
    sum.add(records)
  }
}
