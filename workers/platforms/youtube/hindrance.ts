import { OutsideError } from '../../fetching.ts'

/** What keeps a source from being read; every other error is tried again after a pause. */

/** Only a person can help. The message says how. */
export class NeedsPerson extends Error {
  /** Looked at again by itself after so many ms; Infinity = only when asked. */
  readonly pause: number
  constructor(message: string, pause = Number.POSITIVE_INFINITY) {
    super(message)
    this.name = 'NeedsPerson'
    this.pause = pause
  }
}

interface NoChatDetail {
  /** A broadcast may run all the same. */
  broadcasts?: boolean
  /** Worth another look only after so many ms. */
  pause?: number
}

/** There is no chat to read right now. The message says what is waited for. */
export class NoChat extends Error {
  readonly detail: NoChatDetail
  constructor(message: string, detail: NoChatDetail = {}) {
    super(message)
    this.name = 'NoChat'
    this.detail = detail
  }
}

/** Between two looks at what will hardly change, ms. */
export const RARELY_MS = 15 * 60_000
export const CHAT_OFF = 'The chat of this broadcast is turned off.'

/** Why the official API said no, as far as it makes a difference. */
export type Reason = 'quota' | 'ended' | 'missing' | 'token'

export class Refused extends OutsideError {
  readonly reason: Reason
  constructor(reason: Reason, message: string, status: number) {
    super(message, status)
    this.name = 'Refused'
    this.reason = reason
  }
}
