/** Lines of a transcript that somebody chose: single ones and stretches. Pure. */

export interface Place {
  seq: number
  at: number
}
/** Both ends included. */
export interface Stretch {
  from: Place
  to: Place
}
export interface Picked {
  /** In order, none touching another. */
  stretches: readonly Stretch[]
  /** Where a stretch that is being drawn begins; null = nothing was chosen yet. */
  anchor: Place | null
  /** What was chosen before it is drawn. */
  before: readonly Stretch[]
}

export const NOTHING_PICKED: Picked = { stretches: [], anchor: null, before: [] }
/** As many as the server takes in one file. */
export const MAX_STRETCHES = 100

export function isPicked({ stretches }: Picked, seq: number): boolean {
  return stretches.some(({ from, to }) => from.seq <= seq && seq <= to.seq)
}

/** Chooses a line, or takes it out; the next stretch begins there. */
export function toggled(picked: Picked, place: Place): Picked {
  const line = { from: place, to: place }
  const stretches = isPicked(picked, place.seq)
    ? picked.stretches.flatMap((stretch) => without(stretch, place))
    : joined([...picked.stretches, line])
  return { stretches, anchor: place, before: stretches }
}

/** Chooses all from where it began to this line; said again, the stretch grows or shrinks. `only` = none but these places. */
export function drawnTo(picked: Picked, place: Place, only: readonly Place[] | null): Picked {
  const { anchor, before } = picked
  if (anchor === null) return toggled(picked, place)
  const [from, to] = anchor.seq <= place.seq ? [anchor, place] : [place, anchor]
  const inside = only?.filter(({ seq }) => from.seq <= seq && seq <= to.seq).map((each) => ({ from: each, to: each }))
  return { stretches: joined([...before, ...(inside ?? [{ from, to }])]), anchor, before }
}

/** As the server is asked for them, `12,20-35`. */
export function linesOf({ stretches }: Picked): string {
  return stretches.map(({ from, to }) => (from.seq === to.seq ? String(from.seq) : `${from.seq}-${to.seq}`)).join(',')
}

function without({ from, to }: Stretch, { seq, at }: Place): Stretch[] {
  if (seq < from.seq || seq > to.seq) return [{ from, to }]
  const left = seq > from.seq ? [{ from, to: { seq: seq - 1, at } }] : []
  const right = seq < to.seq ? [{ from: { seq: seq + 1, at }, to }] : []
  return [...left, ...right]
}

function joined(stretches: readonly Stretch[]): Stretch[] {
  const made: Stretch[] = []
  for (const stretch of [...stretches].sort((one, other) => one.from.seq - other.from.seq)) {
    const last = made.at(-1)
    if (last === undefined || stretch.from.seq > last.to.seq + 1) made.push(stretch)
    else if (stretch.to.seq > last.to.seq) made[made.length - 1] = { from: last.from, to: stretch.to }
  }
  return made
}
