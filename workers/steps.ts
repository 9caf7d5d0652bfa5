/** No step: the root of a tree is never reached by one. */
const NONE = 0
/** Of the places; beyond it looks become long. */
const FULLEST = 0.5
/** Odd and without pattern, for spreading (Knuth's, and one of MurmurHash's). */
const SPREAD_NODE = 0x9e3779b1
const SPREAD_UNIT = 0x85ebca6b

/** From a node of a tree by a unit of text to another node: a hash table in flat memory, made for a known number of steps. */
export class Steps {
  readonly #mask: number
  readonly #from: Uint32Array
  readonly #unit: Uint16Array
  readonly #to: Uint32Array

  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(Math.max(1, most) / FULLEST))
    this.#mask = places - 1
    this.#from = new Uint32Array(places)
    this.#unit = new Uint16Array(places)
    this.#to = new Uint32Array(places)
  }

  /** 0 = there is no such step. */
  get(from: number, unit: number): number {
    return this.#to[this.#placeOf(from, unit)] ?? NONE
  }

  set(from: number, unit: number, to: number): void {
    const place = this.#placeOf(from, unit)
    this.#from[place] = from
    this.#unit[place] = unit
    this.#to[place] = to
  }

  /** Where it stands, or would. */
  #placeOf(from: number, unit: number): number {
    const hash = Math.imul(from, SPREAD_NODE) ^ Math.imul(unit, SPREAD_UNIT)
    let place = (hash ^ (hash >>> 15)) & this.#mask
    while (this.#to[place] !== NONE && (this.#from[place] !== from || this.#unit[place] !== unit)) {
      place = (place + 1) & this.#mask
    }
    return place
  }
}
