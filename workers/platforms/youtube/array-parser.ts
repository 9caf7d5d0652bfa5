import { OutsideError } from '../../fetching.ts'

/** Characters of one element; a list answer of 2,000 messages has about 3 million. */
export const MAX_ELEMENT = 8 * 1_024 * 1_024

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/**
 * Takes a JSON array of objects apart while it is being written: bytes go in as they come, cut anywhere, also inside a character; each
 * object comes out as its text once it is whole. What stands between the objects does not matter: brackets, commas, white space, or whatever
 * else keeps a connection open.
 */
export class ArrayParser {
  readonly #decoder = new TextDecoder()
  readonly #max: number
  #begun = ''
  #depth = 0
  #inString = false
  #escaped = false

  constructor(max = MAX_ELEMENT) {
    this.#max = max
  }

  /** The objects that are whole with these bytes. Throws OutsideError for one that is larger than it may be. */
  push(bytes: Uint8Array): string[] {
    const text = this.#decoder.decode(bytes, { stream: true })
    const whole: string[] = []
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const outside = this.#depth === 0
      this.#step(text.charCodeAt(at))
      if (outside && this.#depth === 1) start = at
      if (outside || this.#depth > 0) continue
      whole.push(this.#begun + text.slice(start, at + 1))
      this.#begun = ''
    }
    if (this.#depth > 0) this.#keep(text.slice(start))
    return whole
  }

  #step(sign: number): void {
    if (this.#escaped) this.#escaped = false
    else if (this.#inString && sign === BACKSLASH) this.#escaped = true
    else if (sign === QUOTE && this.#depth > 0) this.#inString = !this.#inString
    else if (this.#inString) return
    else if (sign === OPEN) this.#depth++
    else if (sign === CLOSE && this.#depth > 0) this.#depth--
  }

  #keep(rest: string): void {
    this.#begun += rest
    if (this.#begun.length <= this.#max) return
    throw new OutsideError(`YouTube sent an answer of more than ${this.#max} characters.`)
  }
}
