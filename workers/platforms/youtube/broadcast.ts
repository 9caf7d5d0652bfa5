import type { Channel } from './page.ts'
import type { Quota } from './quota.ts'

/** A broadcast, which may have a chat. */
export interface Broadcast {
  video: string
  /** YouTube says that it runs; false = it does not say. */
  runs: boolean
  title: string | undefined
  /** The platform's clock, ms. */
  startedAt: number | undefined
  channel: Channel
}

/** Reads one chat, over as many connections as it takes. */
export interface Chat {
  /**
   * Resolves when there is no more to read: the broadcast is over, or its chat is lost and has to be looked for again. Throws what
   * hinders it; called again, it goes on where it was.
   */
  read(): Promise<'over' | 'lost'>
  /** What is read too often costs too much: a failure is followed by a pause of so many ms, at least. */
  readonly restsFor: number
  /** Nobody reads it any more. */
  close(): void
}

/** One way to YouTube's chats. */
export interface Way {
  /** The broadcast of the followed channel, and its chat, or null where it runs without one. Throws NoChat while there is none, and what hinders it. */
  find(): Promise<{ broadcast: Broadcast; chat: Chat | null }>
  /** What the key may still be asked; null where nothing is counted. */
  readonly quota: Quota | null
}

export const NOT_BEGUN = 'Waiting for the stream to begin.'
