/** What a run has done and seen. */
export interface Figures {
  /** Writing threads ended by force, and how many of them held the lock. */
  terminations: number
  held: number
  /** Threads that ended by themselves when asked. */
  asked: number
  /** Times an owner of the lock stood still past its lease. */
  paused: number
  records: number
  bytes: number
  lost: number
  doubled: number
  outOfOrder: number
  torn: number
  /** Locks that were given away while their owner lived. */
  stolen: number
  /** Where frozen threads were terminated: step → count. */
  diedAt: Record<string, number>
  /** What went wrong, in sentences. */
  faults: string[]
}

export function noFigures(): Figures {
  const counts = { terminations: 0, held: 0, asked: 0, paused: 0, records: 0, bytes: 0 }
  return { ...counts, lost: 0, doubled: 0, outOfOrder: 0, torn: 0, stolen: 0, diedAt: {}, faults: [] }
}

/** Adds the second to the first. */
export function addFigures(sum: Figures, more: Figures): void {
  const { diedAt, faults, ...counts } = more
  for (const [name, count] of Object.entries(counts) as [keyof typeof counts, number][]) sum[name] += count
  for (const [step, count] of Object.entries(diedAt)) sum.diedAt[step] = (sum.diedAt[step] ?? 0) + count
  sum.faults.push(...faults)
}

export function inWords(figures: Figures): string {
  const { terminations, held, paused, records, bytes, lost, doubled, outOfOrder, torn, stolen } = figures
  return (
    `${terminations} terminations (${held} held the lock), ${paused} owners paused past their lease, ` +
    `${records.toLocaleString('en')} records (${(bytes / 2 ** 30).toFixed(1)} GiB) checked, ` +
    `${lost} lost, ${doubled} doubled, ${outOfOrder} out of order, ${torn} torn, ${stolen} stolen`
  )
}
