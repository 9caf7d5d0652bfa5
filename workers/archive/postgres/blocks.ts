import type { ChatEvent } from '../../message.ts'
import type { Gap } from '../words.ts'
import { BLOCK_ROWS, SIGN_BYTES, sign } from './sign.ts'

/** A block of rows as a search knows it without reading it. */
export interface Block {
  block: number
  firstAt: number
  lastAt: number
  sign: Buffer
}

export function blockOf(row: number): number {
  return Math.floor(row / BLOCK_ROWS)
}

/** The end of a transcript: how many rows stand, and the block that is not full yet. */
export class Tail {
  readonly rows: number
  readonly #open: Omit<Block, 'block'>

  private constructor(rows: number, open: Omit<Block, 'block'>) {
    this.rows = rows
    this.#open = open
  }

  /** At the beginning of a block. */
  static at(rows: number): Tail {
    return new Tail(rows, fresh())
  }

  /** As it is when these rows have been added, and the blocks that they filled. This one stays as it is. */
  grown(contents: readonly (ChatEvent | Gap)[]): { tail: Tail; full: Block[] } {
    const full: Block[] = []
    let open: Omit<Block, 'block'> = { ...this.#open, sign: Buffer.from(this.#open.sign) }
    let { rows } = this
    for (const content of contents) {
      take(open, content)
      rows += 1
      if (rows % BLOCK_ROWS !== 0) continue
      full.push({ block: blockOf(rows - 1), ...open })
      open = fresh()
    }
    return { tail: new Tail(rows, open), full }
  }

  /** The block that is not full yet, as it stands. */
  get unfinished(): Block {
    return { block: blockOf(this.rows), ...this.#open }
  }
}

function fresh(): Omit<Block, 'block'> {
  return { firstAt: Number.MAX_SAFE_INTEGER, lastAt: -Number.MAX_SAFE_INTEGER, sign: Buffer.alloc(SIGN_BYTES) }
}

function take(open: Omit<Block, 'block'>, content: ChatEvent | Gap): void {
  open.firstAt = Math.min(open.firstAt, content.at)
  open.lastAt = Math.max(open.lastAt, content.at)
  if (content.kind !== 'gap') sign(open.sign, content)
}
