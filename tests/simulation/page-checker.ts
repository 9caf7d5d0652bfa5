import type { Finding, History, PageLog, Placed, Seen } from './history.ts'
import { found, twice } from './history.ts'
import type { Knows, Places } from './places.ts'

type Welcome = Extract<Seen, { type: 'welcome' }>

/** What a channel keeps for those who come back, with some room for the time that a hello takes. */
const WINDOW_EVENTS = 500
const WINDOW_MS = 9 * 60_000

export function judgePage(history: History, page: PageLog, places: Places): Finding[] {
  return [
    ...doubledOn(page, places),
    ...phantomsOn(history, page, places),
    ...phantomsGiven(page, places),
    ...mixedOn(once(shownOn(page), places), page.name, places),
    ...mixedOn(page.rows, `the rows of ${page.name}`, places),
    ...missedOn(history, page, places),
    ...missedBack(page, places),
  ]
}

function shownOn({ seen }: PageLog): string[] {
  return seen.flatMap((each) => (each.type === 'shown' ? [each.id] : []))
}

/** Without what a moderator gave back: that comes again, and not in its order. */
function once(ids: readonly string[], { brought }: Places): string[] {
  return ids.filter((id) => !brought.has(id))
}

function doubledOn(page: PageLog, places: Places): Finding[] {
  const again = [...twice(once(shownOn(page), places)), ...twice(page.rows)]
  return again.map((id) => found('doubled', page.name, id))
}

/** What never was, what a rule hid, and what had been taken away. */
function phantomsOn({ order }: History, { name, seen, rows, stands }: PageLog, places: Places): Finding[] {
  const unreal = seen.flatMap((each) => {
    if (each.type !== 'shown' || places.brought.has(each.id)) return []
    if (places.of(each.id).some((place) => order[place]?.drawn)) return []
    return [found('phantom', name, each.id)]
  })
  let knows: Knows = () => true
  const risen = seen.flatMap((each) => {
    if (each.type === 'welcome' && !each.recovered) knows = knownSince(each, places)
    if (each.type !== 'shown' || !places.isGone(each.id, places.upTo(each.upTo), knows)) return []
    return [found('phantom', name, `${each.id}, after it was taken away`)]
  })
  const end = stands === null ? 0 : places.upTo(stands)
  const left = rows.filter((id) => places.isGone(id, end, knows))
  return [...unreal, ...risen, ...left.map((id) => found('phantom', name, `${id} is still there`))]
}

/** A page that was welcomed without its past cannot know of removals that the server has forgotten, nor says one that stood nowhere what it has. */
function knownSince(welcome: Welcome, places: Places): Knows {
  const from = welcome.anew ? places.upTo(welcome) : places.before(welcome.epoch)
  return (place) => place >= from
}

/** No snapshot holds what was taken away, as far as the server can know. */
function phantomsGiven({ name, seen }: PageLog, places: Places): Finding[] {
  let welcome: Welcome | null = null
  return seen.flatMap((each) => {
    if (each.type === 'welcome') welcome = each
    if (each.type !== 'snapshot' || welcome === null) return []
    const { epoch } = welcome
    const upTo = places.upTo(welcome)
    return each.ids
      .filter((id) => places.isGone(id, upTo, places.knownIn(epoch)))
      .map((id) => found('phantom', name, `${id} in a snapshot, after it was taken away`))
  })
}

export function mixedOn(ids: readonly string[], where: string, places: Places): Finding[] {
  let last = -1
  return ids.flatMap((id) => {
    const place = places.of(id).find((each) => each > last)
    if (place === undefined && places.of(id).length > 0) return [found('reordered', where, id)]
    last = place ?? last
    return []
  })
}

/** Every drawn event from the first welcome on was shown, but for those that the page was told it missed. */
function missedOn({ order }: History, page: PageLog, places: Places): Finding[] {
  const { name, seen, stands, closed } = page
  // What was past when the page came, and is said again after a kill, is past still.
  const past = seen.flatMap((each) => (each.type === 'snapshot' ? each.ids : []))
  const shown = new Set([...shownOn(page), ...past])
  const findings: Finding[] = []
  const first = seen.find(({ type }) => type === 'welcome')
  const since = first?.type === 'welcome' ? places.upTo(first) : 0
  let from: number | null = null
  let before: Welcome | null = null
  const needs = (start: number, end: number) => {
    for (let place = start; place < end; place++) {
      const id = order[place]?.id ?? ''
      if (!shown.has(id) && places.isDue(place, since)) findings.push(found('lost', name, id))
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

/** What moderators gave back since the last snapshot stands on the page. */
function missedBack({ name, seen, rows, stands, closed }: PageLog, places: Places): Finding[] {
  const welcome = seen.findLast((each) => each.type === 'welcome' && !each.recovered)
  if (welcome?.type !== 'welcome' || stands === null || closed) return []
  const there = new Set(rows)
  return places
    .givenBack(places.upTo(welcome), places.upTo(stands))
    .filter((id) => !there.has(id))
    .map((id) => found('lost', name, `${id}, which was given back`))
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
