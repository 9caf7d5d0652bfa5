import { type ChatEvent, ERASED } from '../../message.ts'
import { counts } from '../filter.ts'
import { unpack } from '../unpack.ts'
import type { Batch, Gap, Kept } from '../words.ts'

/** Records of one statement when they come from another store. */
const PUT_RECORDS = 1_000

/** Records on their way into the table of events, column by column. */
export interface Incoming {
  epoch: string
  contents: (ChatEvent | Gap)[]
  seqs: (number | null)[]
  kinds: string[]
  /** Of messages and notices that stand once in a stream. */
  ids: (string | null)[]
  /** UTF-8 texts, back to back, and the end of each. */
  bytes: Uint8Array
  ends: number[]
}

/** Throws BadRequest for a batch that is not what the worker makes. In the order of their seqs, each once. */
export function fromBatch(batch: Batch): Incoming {
  const records = unpack(batch)
  const events = records.map(({ event }) => event)
  const seqs = records.map(({ seq }) => seq)
  const asItCame = seqs.length === batch.seqs.length && seqs.every((seq, nth) => seq === batch.seqs[nth])
  const texts = asItCame ? [] : records.map(({ record }) => Buffer.from(record.text))
  const { bytes, ends } = asItCame ? { bytes: batch.bytes, ends: [...batch.ends] } : joined(texts)
  return { epoch: batch.epoch, contents: events, seqs, ...columnsOf(events), bytes, ends }
}

export function fromGap(epoch: string, gap: Gap): Incoming {
  return { epoch, contents: [gap], seqs: [null], ...columnsOf([gap]), ...joined([Buffer.from(JSON.stringify(gap))]) }
}

/** Neighbours of one epoch, so many at a time. */
export function runsOf(records: readonly Kept[]): Kept[][] {
  const runs: Kept[][] = []
  for (const record of records) {
    const last = runs.at(-1)
    if (last !== undefined && last[0]?.epoch === record.epoch && last.length < PUT_RECORDS) last.push(record)
    else runs.push([record])
  }
  return runs
}

/** Of one epoch. */
export function fromKept(epoch: string, records: readonly Kept[]): Incoming {
  const contents = records.map(({ text }): ChatEvent | Gap => JSON.parse(text))
  const seqs = records.map(({ seq }) => seq)
  return { epoch, contents, seqs, ...columnsOf(contents), ...joined(records.map(({ text }) => Buffer.from(text))) }
}

function columnsOf(contents: readonly (ChatEvent | Gap)[]): Pick<Incoming, 'kinds' | 'ids'> {
  return { kinds: contents.map(({ kind }) => kind), ids: contents.map(idOf) }
}

/** What was erased has the id of nothing that a platform could send again. */
export function idOf(content: ChatEvent | Gap): string | null {
  if (content.kind === 'gap' || !counts(content)) return null
  return 'hidden' in content && content.hidden === ERASED ? null : storable(content.id)
}

/** An id as a column takes it: no text of PostgreSQL holds a NUL, or half a character. */
export function storable(id: string): string {
  return id.includes('\0') || !id.isWellFormed() ? JSON.stringify(id) : id
}

function joined(texts: readonly Buffer[]): { bytes: Uint8Array; ends: number[] } {
  let end = 0
  const ends = texts.map((text) => {
    end += text.length
    return end
  })
  return { bytes: Buffer.concat(texts), ends }
}
