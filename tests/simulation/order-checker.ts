import type { Epoch, Finding, History, Placed, Sent } from './history.ts'
import { found } from './history.ts'
import type { Places } from './places.ts'

const WHERE = 'the order'

/** From senders and moderators to the one order. */
export function judgeOrder({ sent, removed, told, order, epochs }: History, places: Places): Finding[] {
  const lost = [...sent.filter(({ taken }) => taken).map(({ id }) => id), ...told].filter(
    (id) => places.of(id).length === 0,
  )
  const gone = new Set(order.map(({ act }) => (act?.type === 'remove' && 'id' in act.target ? act.target.id : null)))
  const unremoved = removed.filter((id) => !gone.has(id)).map((id) => `the removal of ${id}`)
  const known = new Set(sent.map(({ id }) => id))
  const phantoms = order.filter(({ id, drawn }) => drawn && !known.has(id))
  return [
    ...[...lost, ...unremoved].map((what) => found('lost', WHERE, what)),
    ...phantoms.map(({ id }) => found('phantom', WHERE, id)),
    ...doubledInEpoch(order),
    ...unsteady(order, epochs),
    ...mixed(sent, places),
  ]
}

function doubledInEpoch(order: readonly Placed[]): Finding[] {
  const seen = new Set<string>()
  return order.flatMap(({ epoch, id }) => {
    const twice = seen.has(`${epoch} ${id}`)
    seen.add(`${epoch} ${id}`)
    return twice ? [found('doubled', WHERE, id)] : []
  })
}

/** In an epoch, each seq is one more than the one before; of what nobody heard, not all is known. */
function unsteady(order: readonly Placed[], epochs: ReadonlyMap<string, Epoch>): Finding[] {
  const last = new Map([...epochs].map(([epoch, { seq }]) => [epoch, seq]))
  return order.flatMap(({ epoch, seq, id, unheard }) => {
    const before = last.get(epoch) ?? 0
    last.set(epoch, seq)
    if (seq === before + 1 || (unheard && seq > before)) return []
    return [found(seq > before ? 'lost' : 'reordered', WHERE, `${id} has seq ${seq} after ${before}`)]
  })
}

/**
 * What one sender said later came later, where it first came and stayed. What ended with a killed server nobody knows of until its sender says
 * it again, and by then that may have said other things.
 */
function mixed(sent: readonly Sent[], places: Places): Finding[] {
  const last = new Map<string, number>()
  const stayed = sent.filter(({ id }) => places.first(id) >= 0)
  return stayed
    .toSorted((one, other) => places.first(one.id) - places.first(other.id))
    .flatMap(({ id, by, nth, again = [] }) => {
      const before = last.get(by) ?? -1
      const wasLost = places.of(id)[0] !== places.first(id)
      const said = [nth, ...(wasLost ? again : [])].find((each) => each > before)
      if (said === undefined) return [found('reordered', WHERE, `${id} of ${by}`)]
      last.set(by, said)
      return []
    })
}
