/**
 * Judges one history: what was sent, the one order of the channel, what each page showed, what the transcript holds. Knows nothing of
 * how the history came about, so it can judge a made-up one, too.
 */

/** What a platform sent. Of one sender each waits for the answer to the one before. */
export interface Sent {
  id: string
  by: string
  nth: number
  /** The sender was told that it was taken. */
  taken: boolean
  /** The sender was told that it stands in the transcript: when it was new, or when it was sent again. */
  archived: boolean
  archivedAgain: boolean
}

/** One event in the order of the channel, as it left the ring. */
export interface Placed {
  epoch: string
  seq: number
  id: string
  /** To be drawn: a message that no rule hid. */
  drawn: boolean
  /** Takes away this message. */
  removes?: string
  /** Takes away all that stands before it. */
  clears?: boolean
  /** On the clock that never jumps, ms. */
  at: number
}

/** An epoch of the channel: how many events had been placed before it began, and the seq that it begins after. */
export interface Epoch {
  before: number
  seq: number
}

export interface Position {
  epoch: string
  seq: number
}

export type Seen =
  /** `anew`: the page stood nowhere, since what it was welcomed with before had not come. */
  | ({ type: 'welcome'; recovered: boolean; anew: boolean; at: number } & Position)
  /** `upTo`: where the page stood when the row was there. */
  | { type: 'shown'; id: string; upTo: Position }

export interface PageLog {
  name: string
  seen: Seen[]
  /** The rows at the end. */
  rows: string[]
  stands: Position | null
  /** It was thrown away before the end: what came after that it need not have shown. */
  closed?: boolean
}

/** A record of the transcript; a gap stands for so many events. */
export type Kept = { id: string } | { gap: number }

export interface History {
  sent: Sent[]
  /** Removals whose sender was told that they were taken: their targets. */
  removed: string[]
  order: Placed[]
  epochs: Map<string, Epoch>
  pages: PageLog[]
  transcript: Kept[]
  /** Events of the order from here on must stand in the transcript, or in a gap; null = no stream ran at the end. */
  keptFrom: number | null
}

export const KINDS = ['lost', 'doubled', 'reordered', 'phantom'] as const
export type Kind = (typeof KINDS)[number]
export interface Finding {
  kind: Kind
  /** Where it was missed or seen. */
  where: string
  what: string
}

/** What a channel keeps for those who come back, with some room for the time that a hello takes. */
const WINDOW_EVENTS = 500
const WINDOW_MS = 9 * 60_000

export function judge(history: History): Finding[] {
  const places = new Places(history)
  return [
    ...judgeOrder(history),
    ...history.pages.flatMap((page) => judgePage(history, page, places)),
    ...judgeTranscript(history, places),
  ]
}

/** Where ids and positions stand in the order. */
class Places {
  readonly #order: readonly Placed[]
  readonly #epochs: ReadonlyMap<string, Epoch>
  readonly #at = new Map<string, number[]>()
  /** Message → where it was taken away first. */
  readonly #gone = new Map<string, number>()
  readonly #clears: number[] = []

  constructor({ order, epochs }: History) {
    this.#order = order
    this.#epochs = epochs
    order.forEach(({ id, removes, clears }, place) => {
      this.#at.set(id, [...(this.#at.get(id) ?? []), place])
      if (removes !== undefined && !this.#gone.has(removes) && !this.isVoid(place)) this.#gone.set(removes, place)
      if (clears) this.#clears.push(place)
    })
  }

  of(id: string): readonly number[] {
    return this.#at.get(id) ?? []
  }

  /** How many events stand up to a position. */
  upTo({ epoch, seq }: Position): number {
    const known = this.#epochs.get(epoch)
    return known === undefined ? 0 : known.before + Math.max(0, seq - known.seq)
  }

  /** Whether a page must have shown what stands here: it was never taken away, and had not come before. */
  isDue(place: number): boolean {
    const event = this.#order[place]
    if (!event?.drawn || this.gone(place) < Number.POSITIVE_INFINITY) return false
    return this.of(event.id).find((each) => !this.isVoid(each)) === place
  }

  /** Where what stands at this place is taken away; Infinity = never. */
  gone(place: number): number {
    const removed = this.#gone.get(this.#order[place]?.id ?? '') ?? Number.POSITIVE_INFINITY
    return Math.min(removed, this.#clears.find((clear) => clear > place) ?? Number.POSITIVE_INFINITY)
  }

  /** It ended with a process that was killed before the disk had it: the next one goes on from before it. */
  isVoid(place: number): boolean {
    const next = [...this.#epochs.values()].find(({ before }) => before > place)
    return next !== undefined && next.seq > 0 && (this.#order[place]?.seq ?? 0) > next.seq
  }

  removedAt(id: string): number {
    return this.#gone.get(id) ?? Number.POSITIVE_INFINITY
  }
}

/** From senders to the one order. */
function judgeOrder({ sent, removed, order, epochs }: History): Finding[] {
  const first = new Map<string, number>()
  for (const [place, { id }] of order.entries()) if (!first.has(id)) first.set(id, place)
  const where = 'the order'
  const lost = sent.filter(({ id, taken }) => taken && !first.has(id)).map(({ id }) => found('lost', where, id))
  const gone = new Set(order.map(({ removes }) => removes))
  const unremoved = removed.filter((id) => !gone.has(id)).map((id) => found('lost', where, `the removal of ${id}`))
  const known = new Set(sent.map(({ id }) => id))
  const phantoms = order.filter(({ id, drawn }) => drawn && !known.has(id)).map(({ id }) => found('phantom', where, id))
  return [
    ...lost,
    ...unremoved,
    ...phantoms,
    ...doubledInEpoch(order),
    ...unsteady(order, epochs),
    ...mixed(sent, first),
  ]
}

function doubledInEpoch(order: readonly Placed[]): Finding[] {
  const seen = new Set<string>()
  return order.flatMap(({ epoch, id }) => {
    const twice = seen.has(`${epoch} ${id}`)
    seen.add(`${epoch} ${id}`)
    return twice ? [found('doubled', 'the order', id)] : []
  })
}

/** In an epoch, each seq is one more than the one before. */
function unsteady(order: readonly Placed[], epochs: ReadonlyMap<string, Epoch>): Finding[] {
  const last = new Map([...epochs].map(([epoch, { seq }]) => [epoch, seq]))
  return order.flatMap(({ epoch, seq, id }) => {
    const before = last.get(epoch) ?? 0
    last.set(epoch, seq)
    if (seq === before + 1) return []
    return [found(seq > before ? 'lost' : 'reordered', 'the order', `${id} has seq ${seq} after ${before}`)]
  })
}

/** What one sender sent later came later, where it first came. */
function mixed(sent: readonly Sent[], first: ReadonlyMap<string, number>): Finding[] {
  const last = new Map<string, number>()
  return sent.flatMap(({ id, by }) => {
    const place = first.get(id)
    if (place === undefined) return []
    const before = last.get(by) ?? -1
    last.set(by, Math.max(before, place))
    return place > before ? [] : [found('reordered', 'the order', `${id} of ${by}`)]
  })
}

function judgePage(history: History, page: PageLog, places: Places): Finding[] {
  return [
    ...doubledOn(page),
    ...phantomsOn(history, page, places),
    ...mixedOn(
      page.seen.flatMap((seen) => (seen.type === 'shown' ? [seen.id] : [])),
      page.name,
      places,
    ),
    ...mixedOn(page.rows, `the rows of ${page.name}`, places),
    ...missedOn(history, page, places),
  ]
}

function doubledOn({ name, seen, rows }: PageLog): Finding[] {
  const shown = seen.flatMap((each) => (each.type === 'shown' ? [each.id] : []))
  return [...twice(shown), ...twice(rows)].map((id) => found('doubled', name, id))
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>()
  return ids.filter((id) => {
    const again = seen.has(id)
    seen.add(id)
    return again
  })
}

/** What never was, what a rule hid, and what had been taken away. */
function phantomsOn({ order, epochs }: History, { name, seen, rows, stands }: PageLog, places: Places): Finding[] {
  const shown = seen.flatMap((each) => (each.type === 'shown' ? [each] : []))
  const unreal = shown
    .filter(({ id }) => !places.of(id).some((place) => order[place]?.drawn))
    .map(({ id }) => found('phantom', name, id))
  const risen = seen.flatMap((each, nth) => {
    if (each.type !== 'shown') return []
    const told = within(places.removedAt(each.id), since(nth), places.upTo(each.upTo))
    return told ? [found('phantom', name, `${each.id}, after it was taken away`)] : []
  })
  const end = stands === null ? 0 : places.upTo(stands)
  const left = rows.filter((id) => within(places.removedAt(id), since(seen.length), end))
  return [...unreal, ...risen, ...left.map((id) => found('phantom', name, `${id} is still there`))]

  /** A page that was welcomed without its past cannot know of removals that the server has forgotten, nor says one that stood nowhere what it has. */
  function since(nth: number): number {
    const welcome = seen.slice(0, nth).findLast((each) => each.type === 'welcome' && !each.recovered)
    if (welcome?.type !== 'welcome') return 0
    return welcome.anew ? places.upTo(welcome) : (epochs.get(welcome.epoch)?.before ?? 0)
  }
}

function within(place: number, from: number, to: number): boolean {
  return place >= from && place < to
}

function mixedOn(ids: readonly string[], where: string, places: Places): Finding[] {
  let last = -1
  return ids.flatMap((id) => {
    const place = places.of(id).find((each) => each > last)
    if (place === undefined && places.of(id).length > 0) return [found('reordered', where, id)]
    last = place ?? last
    return []
  })
}

/** Every drawn event from the first welcome on was shown, but for those that the page was told it missed. */
function missedOn({ order }: History, { name, seen, stands, closed }: PageLog, places: Places): Finding[] {
  const shown = new Set(seen.flatMap((each) => (each.type === 'shown' ? [each.id] : [])))
  const findings: Finding[] = []
  let from: number | null = null
  let before: Extract<Seen, { type: 'welcome' }> | null = null
  const needs = (start: number, end: number) => {
    for (let place = start; place < end; place++) {
      const id = order[place]?.id ?? ''
      if (places.isDue(place) && !shown.has(id)) findings.push(found('lost', name, id))
    }
  }
  for (const welcome of seen) {
    if (welcome.type !== 'welcome') continue
    if (from !== null && !welcome.recovered) {
      const reached = Math.max(from, lastShown(seen, welcome, places))
      needs(from, reached)
      if (before?.epoch === welcome.epoch && !welcome.anew && isKept(order, reached, places.upTo(welcome), welcome.at))
        findings.push(found('lost', name, `what was missed at ${welcome.seq} is kept, and was not given`))
      from = null
    }
    from ??= places.upTo(welcome)
    before = welcome
  }
  if (closed) return findings
  if (from !== null) needs(from, order.length)
  if (stands !== null && places.upTo(stands) < order.length)
    findings.push(found('lost', name, `it stands at ${places.upTo(stands)} of ${order.length}`))
  return findings
}

/** How far the page had come before this welcome, by the last row that it showed. */
function lastShown(seen: readonly Seen[], welcome: Seen, places: Places): number {
  const last = seen.slice(0, seen.indexOf(welcome)).findLast((each) => each.type === 'shown')
  if (last?.type !== 'shown') return 0
  return 1 + (places.of(last.id).findLast((place) => place < places.upTo(last.upTo)) ?? -1)
}

function isKept(order: readonly Placed[], from: number, to: number, now: number): boolean {
  return to - from <= WINDOW_EVENTS && now - (order[from]?.at ?? now) < WINDOW_MS
}

function judgeTranscript({ sent, order, transcript, keptFrom }: History, places: Places): Finding[] {
  const where = 'the transcript'
  const ids = transcript.flatMap((kept) => ('id' in kept ? [kept.id] : []))
  const standing = new Set(ids)
  // What came before the stream is none of its transcript; sent again, it is a duplicate while the stream runs.
  const begins = order.findIndex(({ clears }) => clears)
  const belongs = (id: string) => begins >= 0 && (places.of(id)[0] ?? -1) > begins
  const lost = sent
    .filter(({ id, archived, archivedAgain }) => (archived || (archivedAgain && belongs(id))) && !standing.has(id))
    .map(({ id }) => found('lost', where, id))
  const phantoms = ids.filter((id) => places.of(id).length === 0).map((id) => found('phantom', where, id))
  const doubled = twice(ids).map((id) => found('doubled', where, id))
  return [...lost, ...phantoms, ...doubled, ...mixedOn(ids, where, places), ...unkept()]

  function unkept(): Finding[] {
    if (keptFrom === null) return []
    const missing = order.filter(({ id }, place) => place >= keptFrom && !standing.has(id) && !places.isVoid(place))
    const told = transcript.reduce((sum, kept) => sum + ('gap' in kept ? kept.gap : 0), 0)
    return missing.length <= told ? [] : missing.map(({ id }) => found('lost', where, `${id}, and no gap says so`))
  }
}

function found(kind: Kind, where: string, what: string): Finding {
  return { kind, where, what }
}
