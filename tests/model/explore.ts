import { CONTENDED, DIED, OWNER_MASK, WORD } from '../../workers/queue/layout.ts'
import { type Local, MODEL_RING_BYTES, type Op, type Party, type Result, Unknown } from './steps.ts'

/** Walks every interleaving of parties over one shared memory, shortest first, with deaths at every step. */

export interface Model {
  name: string
  parties: Party[]
  /** How many parties may die, and which of them can. */
  deaths: number
  mortal: boolean[]
  /** The ring's bytes are part of the state. */
  ring?: boolean
  /** When an `until` or `choose` may go on, and with which results. */
  open(label: string, state: State): string[]
  /** What must hold in every state; a sentence when it does not. */
  wrong?(state: State): string | null
  /** What must hold when nothing can happen any more and every live party has ended. */
  wrongAtEnd?(state: State): string | null
}

export interface State {
  words: readonly number[]
  ring: readonly number[]
  /** What programs have marked, newest last; part of the state only by `facts`. */
  facts: Readonly<Record<string, number>>
  locals: readonly Local[]
  /** The word a party sleeps on, -1 = awake, -2 = dead. */
  asleep: readonly number[]
  deaths: number
}

export interface Outcome {
  states: number
  ms: number
  /** Null when everything held; else what did not, and the shortest way there. */
  broken: { what: string; trace: string[] } | null
}

const AWAKE = -1
const DEAD = -2
const WORDS: readonly number[] = [WORD.lock, WORD.generation, WORD.tail, WORD.head, WORD.bell, WORD.sleeping]
const NAMES = ['lock', 'generation', 'tail', 'head', 'bell', 'sleeping']
/** A model that needs more is too large to walk; it fails loudly. */
export const MAX_STATES = 6_000_000

interface Found {
  state: State
  from: Found | null
  what: string
}

export async function explore(model: Model): Promise<Outcome> {
  const began = performance.now()
  const first: Found = { state: await initial(model), from: null, what: 'start' }
  const seen = new Set([keyOf(model, first.state)])
  let layer = [first]
  const done = (broken: Outcome['broken']): Outcome => ({ states: seen.size, ms: performance.now() - began, broken })
  while (layer.length > 0) {
    const next: Found[] = []
    for (const found of layer) {
      const steps = await known(() => stepsFrom(model, found.state))
      const wrong = wrongIn(model, found.state, steps.length)
      if (wrong !== null) return done({ what: wrong, trace: traceOf(found) })
      for (const step of steps) {
        const key = keyOf(model, step.state)
        if (seen.has(key)) continue
        seen.add(key)
        if (seen.size > MAX_STATES) throw new Error(`${model.name} has more than ${MAX_STATES} states.`)
        next.push({ state: step.state, from: found, what: step.what })
      }
    }
    layer = next
  }
  return done(null)
}

/** Asks again until every step it needs has been extracted from the code. */
async function known<T>(ask: () => T): Promise<T> {
  for (;;) {
    try {
      return ask()
    } catch (error) {
      if (!(error instanceof Unknown)) throw error
      await error.learn()
    }
  }
}

async function initial(model: Model): Promise<State> {
  const { parties } = model
  const locals = await Promise.all(parties.map((party) => party.start()))
  const state = {
    words: WORDS.map(() => 0),
    ring: Array(MODEL_RING_BYTES).fill(0),
    facts: {},
    locals,
    asleep: parties.map(() => AWAKE),
    deaths: 0,
  }
  return known(() => parties.reduce((sofar: State, _, party) => settled(model, sofar, party), state))
}

/**
 * What a party marks happens together with the step before it: nobody else can see it, and the walk stays small. Leaving is
 * a step of its own, so that being inside lasts.
 */
function settled(model: Model, state: State, party: number): State {
  let now = state
  for (
    let local = now.locals[party];
    local?.next?.do === 'mark' && !local.next.label.startsWith('leaves');
    local = now.locals[party]
  ) {
    const locals = now.locals.with(party, (model.parties[party] as Party).after(local, 0))
    now = { ...now, locals, facts: factsAfter(now, party, local.next.label) }
  }
  return now
}

/** `facts` follow from the locals and the dead, but for what a model adds. */
function keyOf(model: Model, { words, ring, facts, locals, asleep, deaths }: State): string {
  let key = `${words.join()}|${asleep.join()}|${deaths}|`
  for (const { id } of locals) key += `${id},`
  for (const fact in facts) key += `${fact}${facts[fact]}`
  return model.ring ? key + String.fromCharCode(...ring) : key
}

interface Step {
  state: State
  what: string
}

function stepsFrom(model: Model, state: State): Step[] {
  const steps: Step[] = []
  for (let party = 0; party < model.parties.length; party++) {
    if (state.asleep[party] === DEAD) continue
    const local = state.locals[party] as Local
    if (local.next === null) continue
    for (const step of partySteps(model, state, party, local.next)) steps.push(step)
    if (model.mortal[party] && state.deaths < model.deaths) steps.push(death(model, state, party))
  }
  return steps
}

function death(model: Model, state: State, party: number): Step {
  const asleep = state.asleep.with(party, DEAD)
  const facts = { ...state.facts, [`dead ${party}`]: 1 }
  delete facts[`inside ${party}`]
  return { state: { ...state, asleep, facts, deaths: state.deaths + 1 }, what: `${nameOf(model, party)} dies` }
}

/** Every way in which the party's next operation can go. */
function partySteps(model: Model, state: State, party: number, op: Op): Step[] {
  const move: Move = (result, changed, said) => {
    const locals = state.locals.with(party, (model.parties[party] as Party).after(state.locals[party] as Local, result))
    const moved = { ...state, asleep: state.asleep.with(party, AWAKE), ...changed, locals }
    return { state: settled(model, moved, party), what: `${nameOf(model, party)} ${said}` }
  }
  if (state.asleep[party] !== AWAKE) return asleepSteps(state, op, move)
  if (op.do === 'until' || op.do === 'choose') {
    const ways = model.open(op.label, state)
    return ways.map((way) => move(way, {}, `${op.label}: ${way}`))
  }
  if (op.do === 'mark') return [move(0, { facts: factsAfter(state, party, op.label) }, op.label)]
  if (op.do === 'wait' || op.do === 'waitAsync') {
    const value = wordOf(state, op.word)
    if (value !== op.expected)
      return [move('not-equal', {}, `does not sleep: ${nameOfWord(op.word)} is ${shown(op.word, value)}`)]
    const asleep = state.asleep.with(party, op.word)
    return [{ state: { ...state, asleep }, what: `${nameOf(model, party)} sleeps on ${nameOfWord(op.word)}` }]
  }
  if (op.do === 'notify') return [notify(model, state, op, move)]
  return [memoryStep(state, op, move)]
}

/** A sleeper goes on only when it was woken; one that waits without blocking may also be interrupted by a death. */
function asleepSteps(state: State, op: Op, move: Move): Step[] {
  const interrupted = op.do === 'waitAsync' && Object.keys(state.facts).some((fact) => fact.startsWith('dead'))
  return interrupted ? [move('interrupted', {}, 'hears of the death')] : []
}

type Move = (result: Result, changed: Partial<State>, said: string) => Step

function memoryStep(state: State, op: Op, move: Move): Step {
  switch (op.do) {
    case 'load':
      return move(wordOf(state, op.word), {}, `reads ${nameOfWord(op.word)}: ${shown(op.word, wordOf(state, op.word))}`)
    case 'store':
    case 'exchange':
      return move(
        wordOf(state, op.word),
        withWord(state, op.word, op.value),
        `sets ${nameOfWord(op.word)} to ${shown(op.word, op.value)}`,
      )
    case 'add':
      return move(
        wordOf(state, op.word),
        withWord(state, op.word, (wordOf(state, op.word) + op.value) | 0),
        `adds ${op.value} to ${nameOfWord(op.word)}`,
      )
    case 'compareExchange': {
      const before = wordOf(state, op.word)
      const hit = before === op.expected
      const said = `${hit ? 'swaps' : 'fails to swap'} ${nameOfWord(op.word)} ${shown(op.word, op.expected)} → ${shown(op.word, op.value)}${hit ? '' : ` (it is ${shown(op.word, before)})`}`
      return move(before, hit ? withWord(state, op.word, op.value) : {}, said)
    }
    case 'put': {
      const ring = state.ring.slice()
      op.bytes.forEach((byte, index) => {
        ring[(op.at + index) % ring.length] = byte
      })
      return move(0, { ring }, `writes ${op.bytes.length} bytes at ${op.at}`)
    }
    case 'get':
      return move(state.ring.slice(op.at, op.at + op.length), {}, `reads ${op.length} bytes at ${op.at}`)
    default:
      throw new Error(`No step for ${op.do}.`)
  }
}

/** Wakes all who sleep on the word: each finds its wait answered. */
function notify(model: Model, state: State, op: Op & { do: 'notify' }, move: Move): Step {
  const sleepers = state.asleep.flatMap((on, index) => (on === op.word ? [index] : []))
  const step = move(sleepers.length, {}, `wakes ${sleepers.length} on ${nameOfWord(op.word)}`)
  const locals = step.state.locals.slice()
  const asleep = step.state.asleep.slice()
  for (const sleeper of sleepers) {
    asleep[sleeper] = AWAKE
    locals[sleeper] = (model.parties[sleeper] as Party).after(state.locals[sleeper] as Local, 'ok')
  }
  const woken: State = { ...step.state, locals, asleep }
  return { ...step, state: sleepers.reduce((now, sleeper) => settled(model, now, sleeper), woken) }
}

function factsAfter(state: State, party: number, label: string): Record<string, number> {
  const facts: Record<string, number> = { ...state.facts }
  if (label.startsWith('enters')) facts[`inside ${party}`] = 1
  else if (label.startsWith('leaves')) delete facts[`inside ${party}`]
  return facts
}

function wrongIn(model: Model, state: State, steps: number): string | null {
  const failed = state.locals.findIndex(({ failed }, party) => failed !== null && state.asleep[party] !== DEAD)
  if (failed >= 0) return `${nameOf(model, failed)}: ${state.locals[failed]?.failed}`
  const wrong = model.wrong?.(state) ?? null
  if (wrong !== null || steps > 0) return wrong
  const stuck = state.locals.findIndex(({ next }, party) => next !== null && state.asleep[party] !== DEAD)
  if (stuck >= 0) return `${nameOf(model, stuck)} waits for ever`
  return model.wrongAtEnd?.(state) ?? null
}

function wordOf(state: State, word: number): number {
  return state.words[WORDS.indexOf(word)] ?? 0
}

function withWord(state: State, word: number, value: number): Partial<State> {
  const place = WORDS.indexOf(word)
  return place < 0 ? {} : { words: state.words.with(place, value) }
}

function nameOf(model: Model, party: number): string {
  return model.parties[party]?.name ?? `party ${party}`
}

function nameOfWord(word: number): string {
  return NAMES[WORDS.indexOf(word)] ?? `word ${word}`
}

function shown(word: number, value: number): string {
  if (word !== WORD.lock) return String(value)
  const owner = value & OWNER_MASK
  const flags = [(value & CONTENDED) === 0 ? '' : '+contended', (value & DIED) === 0 ? '' : '+died'].join('')
  return owner === 0 ? 'free' : `${owner}${flags}`
}

function traceOf(found: Found): string[] {
  const trace: string[] = []
  for (let at: Found | null = found; at?.from != null; at = at.from) trace.unshift(at.what)
  return trace
}

export function live(state: State, party: number): boolean {
  return state.asleep[party] !== DEAD
}
export function ended(state: State, party: number): boolean {
  return state.locals[party]?.next === null
}
export function word(state: State, which: number): number {
  return wordOf(state, which)
}
