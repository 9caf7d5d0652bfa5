import { instant, shaped } from '../../foreign.ts'
import { BadPayload } from '../platform.ts'
import { dataOf } from './frame-data.ts'
import type { SocketChat } from './payload.ts'
import { isFrame, read } from './read.ts'

/** Only these surely tell when they were written. */
const CHAT = 'ChatMessageEvent'

/** Kick's clock beside ours, by the newest chat message: how late it came, and how far our clock is ahead, in one. */
export class KickTime {
  #newest: { body: string; cameAt: number } | null = null

  /** A payload that was just written. It is looked into only when somebody asks. */
  heard(body: string, cameAt: number): void {
    if (body.includes(CHAT)) this.#newest = { body, cameAt }
  }

  /** A time of our clock as Kick has it, or somewhat earlier. Never later, so that nothing is taken for told that was not. */
  of(at: number): number {
    if (this.#newest === null) return at
    const { body, cameAt } = this.#newest
    return at - Math.max(0, cameAt - (writtenAt(body) ?? cameAt))
  }
}

function writtenAt(body: string): number | undefined {
  try {
    const [payload] = read(body, {})
    return isFrame(payload?.value) ? instant(shaped<SocketChat>(dataOf(payload.value)).created_at) : undefined
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error
    return undefined
  }
}
