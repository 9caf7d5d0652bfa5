import type { Finding, History, Transcript } from './history.ts'
import { found, twice } from './history.ts'
import { mixedOn } from './page-checker.ts'
import { type Places, standingIn } from './places.ts'

export function judgeTranscripts(history: History, places: Places): Finding[] {
  return [
    ...promised(history, places),
    ...history.transcripts.flatMap((transcript, nth) => judgeOne(history, transcript, nth + 1, places)),
  ]
}

/** What senders were told stands in a transcript. */
function promised({ sent, transcripts }: History, places: Places): Finding[] {
  const standing = standingIn(transcripts)
  // What came outside of a stream is in none; sent again, it is a duplicate while one runs.
  const belongs = (id: string) => transcripts.some(({ from, to }) => isBetween(places.first(id), from, to))
  return sent
    .filter(({ id, archived, archivedAgain }) => (archived || (archivedAgain && belongs(id))) && !standing.has(id))
    .map(({ id }) => found('lost', 'the transcripts', id))
}

function isBetween(place: number, from: number, to: number): boolean {
  return place > from && place < to
}

function judgeOne({ order }: History, { kept, keptFrom, to }: Transcript, nth: number, places: Places): Finding[] {
  const where = `transcript ${nth}`
  const ids = kept.flatMap((each) => ('id' in each ? [each.id] : []))
  const standing = new Set(ids)
  return [
    ...ids.filter((id) => places.of(id).length === 0).map((id) => found('phantom', where, id)),
    ...twice(ids).map((id) => found('doubled', where, id)),
    ...mixedOn(ids, where, places),
    ...unkept(),
  ]

  function unkept(): Finding[] {
    if (keptFrom === null) return []
    const due = order.slice(keptFrom, to).filter((_, nth) => !places.isVoid(keptFrom + nth))
    const missing = due.filter(({ id }) => !standing.has(id))
    const told = kept.reduce((sum, each) => sum + ('gap' in each ? each.gap : 0), 0)
    return missing.length <= told ? [] : missing.map(({ id }) => found('lost', where, `${id}, and no gap says so`))
  }
}
