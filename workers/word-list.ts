import { forMatching } from './matching.ts'
import type { Action, WordRule } from './ruled.ts'
import { Steps } from './steps.ts'

/** The root of the tree of words. */
const ROOT = 0
/** Units whose first step is looked up without the map: nearly every step of a text that holds no word is one from the root. */
const NEAR_UNITS = 0x80
/** What takes less than a millisecond. */
const WORDS_A_PIECE = 32
const NODES_A_PIECE = 2_048
const IN_A_WORD = /[\p{L}\p{N}\p{M}_]/u

/** A word of the list that stands in a text. */
export interface FoundWord {
  /** As it was listed. */
  text: string
  action: Action
}
interface Compared extends WordRule {
  /** The text as it is compared; '' = nothing is left of it. */
  compared: string
}
interface Listed extends FoundWord {
  whole: boolean
  /** UTF-16 units of what is compared. */
  length: number
}

/** What is known of each node, by its number. */
interface Tree {
  /** The node before it, the unit that leads from there to it, and how far it is from the root. */
  from: Uint32Array
  unit: Uint16Array
  depth: Uint16Array
  /** The longest other beginning that its text ends with. */
  fall: Uint32Array
  /** The nearest node on the way down the falls at which words end; ROOT = none. */
  ending: Uint32Array
}

function treeOf(nodes: number): Tree {
  const ofNodes = () => new Uint32Array(nodes)
  return {
    ...{ from: ofNodes(), fall: ofNodes(), ending: ofNodes() },
    ...{ unit: new Uint16Array(nodes), depth: new Uint16Array(nodes) },
  }
}

/**
 * Many words, looked for in one walk through a text (Aho and Corasick): what a message costs depends on its length and not on how
 * many words there are or what they look like. Nobody's text is ever a pattern.
 */
export class WordList {
  readonly #next: Steps
  /** Words that end at a node. */
  readonly #ends = new Map<number, Listed[]>()
  /** By node, each a tree's own memory: what it costs to make is what a change of the rules costs. */
  readonly #tree: Tree
  /** From the root by a near unit to the next node; ROOT = none. */
  readonly #first = new Uint32Array(NEAR_UNITS)
  #nodes = 1
  #steps = 0

  /** `most`: UTF-16 units of all words together. */
  private constructor(most: number) {
    this.#next = new Steps(most)
    this.#tree = treeOf(1 + most)
  }

  /** Makes a list in pieces that take about as long as a piece of a payload does. */
  static *making(words: readonly (string | WordRule)[]): Generator<void, WordList, void> {
    const compared: Compared[] = []
    for (const [nth, word] of words.entries()) {
      if (nth % WORDS_A_PIECE === WORDS_A_PIECE - 1) yield
      const rule = asRule(word)
      compared.push({ ...rule, compared: forMatching(rule.text) })
    }
    const list = new WordList(compared.reduce((sum, rule) => sum + rule.compared.length, 0))
    for (const [nth, rule] of compared.entries()) {
      if (nth % WORDS_A_PIECE === WORDS_A_PIECE - 1) yield
      if (rule.compared !== '') list.#add(rule)
    }
    yield* list.#fallBack()
    return list
  }

  get empty(): boolean {
    return this.#nodes === 1
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
      for (let end = this.#endsAt(node); end !== ROOT; end = this.#tree.ending[end] ?? ROOT) {
        for (const word of this.#ends.get(end) ?? []) {
          if (word.whole && !standsAlone(text, at + 1 - word.length, at + 1)) continue
          if (word.action === 'hide') return word
          held ??= word
        }
      }
    }
    return held
  }

  #add({ text, match, action, compared }: Compared): void {
    let node = ROOT
    for (let at = 0; at < compared.length; at++) node = this.#grow(node, compared.charCodeAt(at), at + 1)
    const ends = this.#ends.get(node) ?? []
    ends.push({ text, action, whole: match === 'whole', length: compared.length })
    this.#ends.set(node, ends)
  }

  #grow(from: number, unit: number, depth: number): number {
    const known = this.#next.get(from, unit)
    if (known !== ROOT) return known
    const made = this.#nodes++
    this.#next.set(from, unit, made)
    if (from === ROOT && unit < NEAR_UNITS) this.#first[unit] = made
    this.#tree.from[made] = from
    this.#tree.unit[made] = unit
    this.#tree.depth[made] = depth
    return made
  }

  /** Nearest the root first: a fall is always nearer than its node. */
  *#fallBack(): Generator<void, void, void> {
    const { from, unit, fall, ending } = this.#tree
    for (const [nth, node] of this.#byDepth().entries()) {
      if (nth % NODES_A_PIECE === NODES_A_PIECE - 1) yield
      const before = from[node] ?? ROOT
      const to = before === ROOT ? ROOT : this.#step(fall[before] ?? ROOT, unit[node] ?? 0)
      fall[node] = to
      ending[node] = this.#endsAt(to)
    }
    this.#steps = 0
  }

  /** Every node but the root. Sorted by counting: there is one depth for each letter of the longest word. */
  #byDepth(): Uint32Array {
    const { depth } = this.#tree
    const before: number[] = []
    for (let node = 1; node < this.#nodes; node++) {
      const deeper = (depth[node] ?? 0) + 1
      before[deeper] = (before[deeper] ?? 0) + 1
    }
    for (let deeper = 1; deeper < before.length; deeper++) {
      before[deeper] = (before[deeper] ?? 0) + (before[deeper - 1] ?? 0)
    }
    const sorted = new Uint32Array(this.#nodes - 1)
    for (let node = 1; node < this.#nodes; node++) {
      const at = depth[node] ?? 0
      const place = before[at] ?? 0
      sorted[place] = node
      before[at] = place + 1
    }
    return sorted
  }

  #endsAt(node: number): number {
    return this.#ends.has(node) ? node : (this.#tree.ending[node] ?? ROOT)
  }

  #step(node: number, unit: number): number {
    for (let from = node; ; from = this.#tree.fall[from] ?? ROOT) {
      this.#steps++
      if (from === ROOT && unit < NEAR_UNITS) return this.#first[unit] ?? ROOT
      const to = this.#next.get(from, unit)
      if (to !== ROOT || from === ROOT) return to
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
