import { forMatching } from './matching.ts'
import type { Action, WordRule } from './ruled.ts'

/** The root of the tree of words. */
const ROOT = 0
const UNITS = 0x10000
/** Units whose first step is looked up without the map: nearly every step of a text that holds no word is one from the root. */
const NEAR_UNITS = 0x80
const IN_A_WORD = /[\p{L}\p{N}\p{M}_]/u

/** A word of the list that stands in a text. */
export interface FoundWord {
  /** As it was listed. */
  text: string
  action: Action
}
interface Listed extends FoundWord {
  whole: boolean
  /** UTF-16 units of what is compared. */
  length: number
}

/**
 * Many words, looked for in one walk through a text (Aho and Corasick): what a message costs depends on its length and not on how
 * many words there are or what they look like. Nobody's text is ever a pattern.
 */
export class WordList {
  /** From a node by a unit of text to the next node. */
  readonly #next = new Map<number, number>()
  /** Words that end at a node. */
  readonly #ends: Listed[][] = [[]]
  /** The longest other beginning that a node's text ends with. */
  readonly #fall: number[] = [ROOT]
  /** The nearest node on the way down the falls at which words end; ROOT = none. */
  readonly #ending: number[] = [ROOT]
  /** Every node but the root, in the order of their numbers. */
  readonly #made: { node: number; from: number; unit: number; depth: number }[] = []
  /** From the root by a near unit to the next node; ROOT = none. */
  readonly #first = new Uint32Array(NEAR_UNITS)
  #steps = 0

  constructor(words: readonly (string | WordRule)[]) {
    for (const word of words) this.#add(asRule(word))
    this.#fallBack()
  }

  get empty(): boolean {
    return this.#ends.length === 1
  }
  /** Moves from node to node so far, for tests: the measure of what a look costs. */
  get steps(): number {
    return this.#steps
  }

  /** What stands in the text, which must be as `forMatching` gives it; a word that hides comes before one that holds. */
  find(text: string): FoundWord | null {
    let held: FoundWord | null = null
    let node = ROOT
    for (let at = 0; at < text.length; at++) {
      node = this.#step(node, text.charCodeAt(at))
      for (let end = this.#endsAt(node); end !== ROOT; end = this.#ending[end] ?? ROOT) {
        for (const word of this.#ends[end] ?? []) {
          if (word.whole && !standsAlone(text, at + 1 - word.length, at + 1)) continue
          if (word.action === 'hide') return word
          held ??= word
        }
      }
    }
    return held
  }

  #add({ text, match, action }: WordRule): void {
    const compared = forMatching(text)
    if (compared === '') return
    let node = ROOT
    for (let at = 0; at < compared.length; at++) node = this.#grow(node, compared.charCodeAt(at))
    this.#ends[node]?.push({ text, action, whole: match === 'whole', length: compared.length })
  }

  #grow(from: number, unit: number): number {
    const key = from * UNITS + unit
    const known = this.#next.get(key)
    if (known !== undefined) return known
    const made = this.#ends.push([]) - 1
    this.#next.set(key, made)
    if (from === ROOT && unit < NEAR_UNITS) this.#first[unit] = made
    this.#made.push({ node: made, from, unit, depth: (this.#made[from - 1]?.depth ?? 0) + 1 })
    return made
  }

  /** Nearest the root first: a fall is always nearer than its node. */
  #fallBack(): void {
    for (const { node, from, unit } of this.#made.toSorted((a, b) => a.depth - b.depth)) {
      const fall = from === ROOT ? ROOT : this.#step(this.#fall[from] ?? ROOT, unit)
      this.#fall[node] = fall
      this.#ending[node] = this.#endsAt(fall)
    }
    this.#steps = 0
  }

  #endsAt(node: number): number {
    return (this.#ends[node]?.length ?? 0) > 0 ? node : (this.#ending[node] ?? ROOT)
  }

  #step(node: number, unit: number): number {
    for (let from = node; ; from = this.#fall[from] ?? ROOT) {
      this.#steps++
      if (from === ROOT && unit < NEAR_UNITS) return this.#first[unit] ?? ROOT
      const to = this.#next.get(from * UNITS + unit)
      if (to !== undefined) return to
      if (from === ROOT) return ROOT
    }
  }
}

/** A plain string hides wherever it stands. */
export function asRule(word: string | WordRule): WordRule {
  return typeof word === 'string' ? { text: word, match: 'anywhere', action: 'hide' } : word
}

/** No letter, digit or mark of any script touches it. */
function standsAlone(text: string, from: number, to: number): boolean {
  return !IN_A_WORD.test(before(text, from)) && !IN_A_WORD.test(String.fromCodePoint(text.codePointAt(to) ?? 0x20))
}

function before(text: string, at: number): string {
  const last = text.charAt(at - 1)
  return /[\udc00-\udfff]/.test(last) ? text.slice(at - 2, at) : last
}
