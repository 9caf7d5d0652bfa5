import type { Act, Epoch, History, Placed, Position, Transcript } from './history.ts'

/** Who took something away; several may have. */
const GONE = { byPlatform: 1, byPanel: 2, withAuthor: 4, cleared: 8 } as const

interface Acted {
  place: number
  act: Act
  /** Where the life ended that did not get it to the disk: from there on it counts no more. */
  until: number
}

/** Whether a reader knows of the event in this place. */
export type Knows = (place: number) => boolean

/** Where ids and positions stand in the order, and what became of them there. */
export class Places {
  readonly #order: readonly Placed[]
  readonly #epochs: ReadonlyMap<string, Epoch>
  readonly #begins: readonly Epoch[]
  readonly #at = new Map<string, number[]>()
  readonly #byId = new Map<string, Acted[]>()
  readonly #byAuthor = new Map<string, Acted[]>()
  readonly #clears: Acted[] = []
  readonly #transcripts: { to: number; standing: ReadonlySet<string> }[]
  /** What moderators gave back, or put on air. */
  readonly brought = new Set<string>()

  constructor({ order, epochs, transcripts }: Pick<History, 'order' | 'epochs' | 'transcripts'>) {
    this.#order = order
    this.#epochs = epochs
    this.#begins = [...epochs.values()]
    this.#transcripts = transcripts.map((each) => ({ to: each.to, standing: standingIn([each]) }))
    for (const [place, { id, act }] of order.entries()) {
      push(this.#at, id, place)
      // What a killed server put on air was seen there, even where nothing of it is left.
      if (act?.type === 'restore') for (const each of act.brings) this.#bring(each, act, place)
      if (act !== undefined) this.#note({ act, place, until: this.#voidFrom(place) })
    }
  }

  of(id: string): readonly number[] {
    return this.#at.get(id) ?? []
  }

  /** Where it first came to stay; -1 = nowhere. */
  first(id: string): number {
    return this.of(id).find((place) => !this.isVoid(place)) ?? -1
  }

  /** How many events stand up to a position. One before its epoch began has its place in those that this epoch goes on from. */
  upTo({ epoch, seq }: Position): number {
    const known = this.#epochs.get(epoch)
    if (known === undefined) return 0
    const lasting = this.#begins.slice(0, this.#begins.indexOf(known) + 1).findLast((each) => each.seq <= seq) ?? known
    return lasting.before + seq - lasting.seq
  }

  /** How many events stood when this epoch began. */
  before(epoch: string): number {
    return this.#epochs.get(epoch)?.before ?? 0
  }

  /**
   * Whether the server of an epoch knows of a place: it came in its time, or a transcript that went on told of it. What comes in its time once
   * more, nobody had told it of. The transcript of a stream that had ended no server reads.
   */
  knownIn(epoch: string): Knows {
    const before = this.before(epoch)
    const told = this.#transcripts.filter(({ to }) => to > before)
    return (place) => {
      const id = this.#order[place]?.id ?? ''
      const isTold = told.some(({ standing }) => standing.has(id))
      return place >= before || (isTold && (this.of(id).at(-1) ?? 0) < before)
    }
  }

  /**
   * Whether a page that is there since `since` must have shown what stands here: nobody ever took it away, not in a life that is void either,
   * and it had not come before. What takes away all that stood before it hits a message only where that stood already, and means nothing to a
   * page that came later.
   */
  isDue(place: number, since: number): boolean {
    const event = this.#order[place]
    if (!event?.drawn || this.first(event.id) !== place) return false
    const stood = this.of(event.id)[0] ?? place
    return this.#everOn(event.id).every(
      ({ act, place: acted }) =>
        act.type === 'restore' || (isWide(act) && acted < place && (acted < stood || acted < since)),
    )
  }

  /** Whether a message is taken away up to a place, by what a reader knows of. */
  isGone(id: string, upTo: number, knows: Knows): boolean {
    const acts = this.#actsOn(id, upTo)
    // Where a life ended, what only that life knew may count or not.
    return [acts, acts.filter(({ until }) => until !== upTo)].every((each) => this.#isGoneBy(each, id, upTo, knows))
  }

  #isGoneBy(acts: readonly Acted[], id: string, upTo: number, knows: Knows): boolean {
    const own = this.of(id)
    const last = own.findLast((place) => place < upTo) ?? Number.POSITIVE_INFINITY
    let gone = 0
    for (const { act, place } of acts) {
      if (act.type === 'restore') gone &= ~('id' in act.target ? GONE.byPanel | GONE.withAuthor : GONE.withAuthor)
      else if (knows(place) && (!isWide(act) || place > last)) gone |= bitOf(act)
      // What was taken away before it came may come after a moderator gave it back.
      if (act.type === 'restore' && 'id' in act.target && place < (own[0] ?? 0)) gone = 0
    }
    return gone !== 0
  }

  /**
   * Rows that must be there again: what was given back, and was not taken away afterwards. Taken away once more, it may come back without
   * being brought: only so much comes along.
   */
  givenBack(from: number, to: number): string[] {
    return this.#order.slice(from, to).flatMap(({ act }, nth) => {
      const place = from + nth
      if (act?.type !== 'restore' || this.isVoid(place)) return []
      return act.brings.filter((id) => !this.isGone(id, to, () => true) && !this.#isTaken(id, place, to))
    })
  }

  #isTaken(id: string, after: number, to: number): boolean {
    return this.#actsOn(id, to).some(({ act, place }) => place > after && act.type !== 'restore')
  }

  /** It ended with a process that was killed before the disk had it: the next one goes on from before it. */
  isVoid(place: number): boolean {
    return this.#voidFrom(place) !== Number.POSITIVE_INFINITY
  }

  #voidFrom(place: number): number {
    const next = this.#begins.find(({ before }) => before > place)
    const lost = next !== undefined && next.seq > 0 && (this.#order[place]?.seq ?? 0) > next.seq
    return lost ? next.before : Number.POSITIVE_INFINITY
  }

  #note(acted: Acted): void {
    const { act } = acted
    if (act.type === 'clear') this.#clears.push(acted)
    else if ('id' in act.target) push(this.#byId, act.target.id, acted)
    else push(this.#byAuthor, act.target.author, acted)
  }

  #bring(id: string, { released }: Extract<Act, { type: 'restore' }>, place: number): void {
    this.brought.add(id)
    if (released) push(this.#at, id, place)
  }

  #everOn(id: string): Acted[] {
    const author = this.#order[this.of(id)[0] ?? -1]?.author ?? ''
    return [...(this.#byId.get(id) ?? []), ...(this.#byAuthor.get(author) ?? []), ...this.#clears]
  }

  #actsOn(id: string, upTo: number): Acted[] {
    return this.#everOn(id)
      .filter(({ place, until }) => place < upTo && upTo <= until)
      .sort((one, other) => one.place - other.place)
  }
}

/** It takes away what stands before it, and no message by its id. */
function isWide(act: Act): boolean {
  return act.type === 'clear' || (act.type === 'remove' && 'author' in act.target)
}

function bitOf(act: Exclude<Act, { type: 'restore' }>): number {
  if (act.type === 'clear') return GONE.cleared
  if (act.by === 'platform') return GONE.byPlatform
  return 'id' in act.target ? GONE.byPanel : GONE.withAuthor
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else known.push(value)
}

export function standingIn(transcripts: readonly Transcript[]): Set<string> {
  return new Set(transcripts.flatMap(({ kept }) => kept.flatMap((each) => ('id' in each ? [each.id] : []))))
}
