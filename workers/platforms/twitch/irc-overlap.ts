/** Lines remembered while two connections are in the same channels. */
const MAX_LINES = 500
/** What the server gives to a line that can be known again later, wherever it comes from. */
const KNOWN = /[@;](?:id|tmi-sent-ts)=[^;]/

/**
 * While a channel is heard over two connections, each line comes twice. Nearly all carry an id or the server's time and are known again by
 * that; the few that carry neither are known here by their words.
 */
export class Overlap<Where extends object> {
  readonly #seen = new Map<string, Where>()

  /** False when the same line has come over the other connection. */
  fresh(where: Where, line: string): boolean {
    const end = line.startsWith('@') ? line.indexOf(' ') : 0
    if (KNOWN.test(line.slice(0, end))) return true
    const words = line.slice(end).trim()
    const before = this.#seen.get(words)
    if (before !== undefined && before !== where) {
      this.#seen.delete(words)
      return false
    }
    if (this.#seen.size < MAX_LINES) this.#seen.set(words, where)
    return true
  }
}
