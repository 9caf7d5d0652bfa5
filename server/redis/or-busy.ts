import { CrossChatError } from '../errors.ts'
import { Away, type Reply } from './link.ts'

/** For what only Redis knows: while it is away, whoever asks is told to come back. */
export async function orBusy(answer: Promise<Reply>): Promise<Reply> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Away) throw new CrossChatError('busy', { retryAfter: 1, cause: error })
    throw error
  }
}
