import { createCrossChat as createWhole } from './app.ts'
import type { CrossChat, CrossChatOptions } from './crosschat.ts'

export type { CrossChat, CrossChatOptions }

/** Throws at once, with every problem in a line, when the settings do not fit. Two of them can live in one process. */
export function createCrossChat(options: CrossChatOptions = {}): CrossChat {
  return createWhole(options)
}
