/**
 * NeDB's own file format, read without NeDB: one JSON document a line, the last line of an `_id` counts. Reading it here
 * rewrites nothing, and finds what a fault did to it: a torn tail, a flipped byte, a newline that is gone.
 */

export interface Document {
  _id: string
}
/** Start and end of one line in the file, the newline not counted. */
export interface Piece {
  start: number
  end: number
}
/** A sound line. `text` is the line less what a fault left behind it; `exact` when there was nothing of that. */
export type Parsed<D extends Document> = { text: string; exact: boolean } & Meaning<D>
type Meaning<D extends Document> =
  | { kind: 'document'; document: D }
  | { kind: 'deleted'; id: string }
  | { kind: 'index' }

const NEWLINE = 0x0a
/** How every line begins. Inside a document these bytes cannot stand: quotes in text are escaped, and no field of ours is named so. */
const BEGINNINGS = ['{"_id":"', '{"$$deleted":', '{"$$index'].map((text) => Buffer.from(text))

/**
 * The lines of a file, whole or damaged. Two that lost the newline between them come apart; one that a flipped byte cut
 * in two stays one.
 */
export function pieces(bytes: Buffer): Piece[] {
  const found: Piece[] = []
  const beginnings = new Beginnings(bytes)
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline
    const glued = beginnings.after(start)
    const stop = Math.min(glued, end)
    if (stop > start) place(found, bytes, { start, end: stop }, beginnings.at(start))
    start = glued < end ? glued : end + 1
  }
  return found
}

/** What a line says, or null when it is damaged. */
export function parse<D extends Document>(bytes: Buffer, piece: Piece): Parsed<D> | null {
  const text = bytes.toString('utf8', piece.start, piece.end)
  const meaning = meaningOf<D>(text)
  if (meaning !== null) return { text, exact: true, ...meaning }
  const shorter = text.slice(0, text.lastIndexOf('}') + 1)
  const rest = meaningOf<D>(shorter)
  return rest === null ? null : { text: shorter, exact: false, ...rest }
}

/** What the lines amount to: the last document of each id that was not deleted after it. */
export function replay<D extends Document>(lines: Iterable<Parsed<D>>): Map<string, D> {
  const standing = new Map<string, D>()
  for (const line of lines) {
    if (line.kind === 'document') standing.set(line.document._id, line.document)
    else if (line.kind === 'deleted') standing.delete(line.id)
  }
  return standing
}

export function isTerminated(bytes: Buffer): boolean {
  return bytes.length === 0 || bytes[bytes.length - 1] === NEWLINE
}

/** False for a line that lost its newline. */
export function endsWell(bytes: Buffer, piece: Piece): boolean {
  return bytes[piece.end] === NEWLINE
}

function place(found: Piece[], bytes: Buffer, piece: Piece, begins: boolean): void {
  const before = found.at(-1)
  if (!begins && before !== undefined && parse(bytes, before) === null) before.end = piece.end
  else found.push(piece)
}

function meaningOf<D extends Document>(text: string): Meaning<D> | null {
  const value = json(text)
  if (typeof value !== 'object' || value === null) return null
  if ('$$indexCreated' in value || '$$indexRemoved' in value) return { kind: 'index' }
  if (!isDocument<D>(value)) return null
  return '$$deleted' in value ? { kind: 'deleted', id: value._id } : { kind: 'document', document: value }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isDocument<D extends Document>(value: object): value is D {
  return '_id' in value && typeof value._id === 'string' && value._id !== ''
}

/** Where lines begin, asked for with growing positions only, so that the whole file is searched once. */
class Beginnings {
  readonly #bytes: Buffer
  readonly #next: number[]

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#next = BEGINNINGS.map((beginning) => this.#find(beginning, 0))
  }

  at(position: number): boolean {
    return BEGINNINGS.some((beginning) => this.#bytes.subarray(position, position + beginning.length).equals(beginning))
  }

  after(position: number): number {
    for (const [kind, beginning] of BEGINNINGS.entries()) {
      if ((this.#next[kind] ?? 0) <= position) this.#next[kind] = this.#find(beginning, position + 1)
    }
    return Math.min(...this.#next)
  }

  #find(beginning: Buffer, from: number): number {
    const at = this.#bytes.indexOf(beginning, from)
    return at === -1 ? Number.POSITIVE_INFINITY : at
  }
}
