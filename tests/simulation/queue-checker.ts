import type { Act, Finding, History, Placed } from './history.ts'
import { found } from './history.ts'

const WHERE = 'the queue for moderators'
/** So long everything that is held waits; ms. */
const WAITS_MS = 29 * 60_000

interface Held {
  event: Placed
  released: boolean
  goneBy: Set<'platform' | 'panel' | 'panel with its author'>
}

/**
 * What waits for a moderator was held and neither let go nor taken away, as far as the server that is there at last can know: by what came
 * in its life, and by the transcript that it went on with.
 */
export function judgeQueue(history: History): Finding[] {
  const { queue } = history
  if (queue === null) return []
  const { ids, deciding, from, jumped, now } = queue
  const held = new Map<string, Held>()
  const before = toldOf(history, from)
  for (const event of [...before, ...history.order.slice(from)]) follow(held, event)
  const waits = [...held.values()].filter(({ released, goneBy }) => !released && goneBy.size === 0)
  const there = new Set([...ids, ...deciding])
  // By a clock that jumped, what came before its life may be too old.
  const due = waits.filter(({ event }) => event.at > now - WAITS_MS && !(jumped && before.includes(event)))
  const may = new Set(waits.map(({ event }) => event.id))
  return [
    ...due.filter(({ event }) => !there.has(event.id)).map(({ event }) => found('lost', WHERE, event.id)),
    ...ids.filter((id) => !may.has(id)).map((id) => found('phantom', WHERE, id)),
  ]
}

/** What its transcript told a server whose life began at a place: all that did not come in its life. */
function toldOf({ order, queue, transcripts }: History, from: number): Placed[] {
  const last = new Map(order.map(({ id }, place) => [id, place]))
  const kept = transcripts.find(({ stream }) => stream === queue?.stream)?.kept ?? []
  return kept.flatMap((each) => {
    const place = 'id' in each ? (last.get(each.id) ?? from) : from
    const event = order[place]
    return place < from && event !== undefined ? [event] : []
  })
}

function follow(held: Map<string, Held>, event: Placed): void {
  // What was let go before is on air already, also where it comes again.
  if (event.held) held.set(event.id, { event, released: held.get(event.id)?.released ?? false, goneBy: new Set() })
  const { act } = event
  if (act !== undefined) for (const each of held.values()) if (isAbout(act, each.event)) become(each, act)
}

/** Clears of CrossChat itself only empty the picture. */
function isAbout(act: Act, { id, author }: Placed): boolean {
  if (act.type === 'clear') return false
  return 'id' in act.target ? act.target.id === id : act.target.author === author
}

function become(held: Held, act: Act): void {
  if (act.type === 'clear') return
  const one = 'id' in act.target
  if (act.type === 'remove')
    held.goneBy.add(act.by === 'platform' ? 'platform' : one ? 'panel' : 'panel with its author')
  else if (act.released) held.released = true
  else {
    held.goneBy.delete('panel with its author')
    if (one) held.goneBy.delete('panel')
  }
}
