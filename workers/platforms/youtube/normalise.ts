import { filled, idOf, isObject, list, shaped } from '../../foreign.ts'
import type { Context, Normalised, Payload } from '../platform.ts'
import type { Outcome, Place } from './events.ts'
import { actionEvents, actionsOf, replayed } from './innertube.ts'
import type { Answer, ListAnswer, Resource } from './payload.ts'
import { shapeOf } from './read.ts'
import { resourceEvents } from './resource.ts'

/** One thing inside a payload: how `ignored` names it, and what it becomes. */
interface Entry {
  name: string
  turn: (place: Place) => Outcome
}

/** Every entry of the payload gives events, or a sentence that says why not. */
export function normalise(payload: Payload, context: Context): Normalised {
  const result: Normalised = { events: [], ignored: [] }
  entriesOf(payload.value).forEach((entry, number) => {
    const key = `${context.delivery}:${payload.item}.${number}`
    const outcome = entry.turn({ key, receivedAt: context.receivedAt })
    if (typeof outcome === 'string') result.ignored.push(`Item ${payload.item}${entry.name}: ${outcome}`)
    else result.events.push(...outcome)
  })
  return result
}

function entriesOf(value: unknown): Entry[] {
  switch (shapeOf(value)) {
    case 'resource':
      return [{ name: '', turn: (place) => resourceEvents(value, place) }]
    case 'list':
      return listEntries(shaped<ListAnswer>(value))
    case 'answer':
      return answerEntries(shaped<Answer>(value))
    case 'action':
      return actionEntries(value, '')
    default:
      return [{ name: '', turn: () => 'it is not what YouTube sends.' }]
  }
}

function listEntries({ items, activePollItem, offlineAt }: ListAnswer): Entry[] {
  const entries = list(items).map((item, number) => resourceEntry(item, `, entry ${number}`))
  if (isObject(activePollItem)) entries.push(pollEntry(activePollItem, list(items)))
  if (filled(offlineAt) !== undefined)
    entries.push({ name: '', turn: () => 'the answer says that the stream is over.' })
  return entries.length > 0 ? entries : [{ name: '', turn: () => 'the answer holds no messages.' }]
}

function resourceEntry(value: unknown, name: string): Entry {
  const is = shapeOf(value) === 'resource'
  return { name, turn: (place) => (is ? resourceEvents(value, place) : 'it is not a liveChatMessage.') }
}

/** The running poll comes with every answer, and beside them among the items once. */
function pollEntry(poll: unknown, items: readonly unknown[]): Entry {
  const id = idOf(shaped<Resource>(poll).id)
  const repeats = id !== undefined && items.some((item) => idOf(shaped<Resource>(item).id) === id)
  if (repeats) return { name: ', active poll', turn: () => 'it repeats an entry of the same answer.' }
  return resourceEntry(poll, ', active poll')
}

function answerEntries(answer: Answer): Entry[] {
  const actions = actionsOf(answer)
  if (actions === undefined) return [{ name: '', turn: () => 'the answer holds no chat: it has ended.' }]
  const entries = actions.flatMap((action, number) => actionEntries(action, `, action ${number}`))
  return entries.length > 0 ? entries : [{ name: '', turn: () => 'the answer holds no actions.' }]
}

function actionEntries(action: unknown, name: string): Entry[] {
  const inner = replayed(action)
  if (inner === undefined) return [{ name, turn: (place) => actionEvents(action, place) }]
  if (inner.length === 0) return [{ name, turn: () => 'the replay holds no actions.' }]
  return inner.map((entry, number) => ({
    name: inner.length === 1 ? name : `${name}, replayed action ${number}`,
    turn: (place) => actionEvents(entry, place),
  }))
}
