import type { ChatEvent } from '../message.ts'
import { needleOf } from './needle.ts'
import { isBy, says } from './said.ts'

/**
 * What is typed into a search, read once. Words must all stand in an event's text or name; `"…"` keeps words together, `-` before
 * anything turns it round. What is no operator, or has a value that its operator does not know, is a word like any other.
 */

export type Test = (event: ChatEvent) => boolean
/** `needle`: what stands in the bytes of whatever holds; '' = not known. */
export interface Query {
  holds: Test
  needle: string
}
/** `says`: words that an event must say, or be by whom. */
interface Term {
  test: Test
  says: string[]
}

/** One term: `-`, an operator, and a value that may stand in quotes. */
const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/giu
const LONGEST_TERMS = 32

/** Gives null for a value that means nothing here. */
const OPERATORS = new Map<string, (value: string) => Test | null>([
  ['from', (value) => (event) => isBy(event, value)],
  ['platform', (value) => (event) => event.platform === value],
  ['kind', (value) => (event) => event.kind === value || (event.kind === 'notice' && event.what === value)],
  ['role', (value) => (event) => authorOf(event)?.roles.some((role) => role === value) === true],
  ['has', (value) => HAS.get(value) ?? null],
  ['is', (value) => IS.get(value) ?? null],
  ['before', (value) => timed(value, (at, from) => at < from)],
  ['after', (value) => timed(value, (at, _, to) => at >= to)],
])

const HAS = new Map<string, Test>([
  ['link', (event) => partsOf(event).some(({ type }) => type === 'link')],
  ['emote', (event) => partsOf(event).some(({ type }) => type === 'emote')],
  ['money', (event) => isSaid(event) && event.money !== undefined],
])
const IS = new Map<string, Test>([
  ['hidden', (event) => event.hidden !== undefined],
  ['simulated', (event) => event.simulated === true],
  ['reply', (event) => event.kind === 'message' && event.reply !== undefined],
])

/** All of it must hold. */
export function readQuery(q: string): Query {
  const terms = Array.from(q.toLowerCase().matchAll(TERM)).slice(0, LONGEST_TERMS).flatMap(termOf)
  return {
    holds: (event) => terms.every(({ test }) => test(event)),
    needle: needleOf(terms.flatMap(({ says }) => says)),
  }
}

function termOf([, minus = '', name = '', quoted, bare]: RegExpMatchArray): Term[] {
  const value = quoted ?? bare ?? ''
  const known = name === '' || value === '' ? null : (OPERATORS.get(name)?.(value) ?? null)
  const words = name === '' ? value : `${name}:${value}`
  if (words === '') return []
  const test: Test = known ?? ((event) => says(event, words))
  if (minus === '-') return [{ test: (event) => !test(event), says: [] }]
  if (known === null) return [{ test, says: [words] }]
  return [{ test, says: name === 'from' ? [value] : [] }]
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const MOMENT = /^\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d)?z?$/
const DAY_MS = 86_400_000

/** A day, or a minute or second of it, in UTC: `before` means before it began, `after` when it is over. */
function timed(value: string, holds: (at: number, from: number, to: number) => boolean): Test | null {
  const day = DAY.test(value)
  if (!day && !MOMENT.test(value)) return null
  const from = Date.parse(day ? `${value}T00:00:00Z` : `${value.replace(/z$/, '').toUpperCase()}Z`)
  if (Number.isNaN(from)) return null
  const to = day ? from + DAY_MS : from
  return ({ at }) => holds(at, from, to)
}

function isSaid(event: ChatEvent): event is Extract<ChatEvent, { kind: 'message' | 'notice' }> {
  return event.kind === 'message' || event.kind === 'notice'
}

function authorOf(event: ChatEvent) {
  return isSaid(event) ? event.author : undefined
}

function partsOf(event: ChatEvent) {
  return isSaid(event) ? (event.parts ?? []) : []
}
