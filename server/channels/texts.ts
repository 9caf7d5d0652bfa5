import type { Piece } from '../slice.ts'

/** Rooms begin small, for the many channels that say little, and grow to this. */
const FIRST_ROOM_BYTES = 2 * 1_024
const ROOM_BYTES = 16 * 1_024

/**
 * Texts, copied end to end into rooms that many share: what was sent is let go of, and of half a million texts there are not as many
 * buffers, which every collection would look at. A room is free once nothing that stands in it is kept.
 */
export class Texts {
  #room = Buffer.alloc(0)
  #end = 0
  #next = FIRST_ROOM_BYTES

  keep(text: Buffer, start: number, end: number): Piece {
    if (end - start > this.#room.length - this.#end) this.#open(end - start)
    const from = this.#end
    this.#end += text.copy(this.#room, from, start, end)
    return { text: this.#room, start: from, end: this.#end }
  }

  #open(bytes: number): void {
    this.#room = Buffer.allocUnsafeSlow(Math.max(this.#next, bytes))
    this.#next = Math.min(ROOM_BYTES, this.#next * 2)
    this.#end = 0
  }
}
