import * as assert from 'uvu/assert'
import { CrossChatError, type ErrorCode } from '../../../../server/errors.ts'
import type { Archived } from '../../../../server/stores/archive.ts'
import type { Stores } from '../../../../server/stores/stores.ts'

/** A driver under test. `reopen` closes everything and opens the same data again. */
export interface Driver {
  stores: Stores
  reopen(): Promise<Driver>
  discard(): Promise<void>
}

/** Every page of a stream, joined. */
export async function transcript(stores: Stores, streamId: string, limit = 1_000): Promise<Archived[]> {
  const items: Archived[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Stores['archive']['page']>> = await stores.archive.page(streamId, limit, cursor, {})
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

export async function refused(code: ErrorCode, task: Promise<unknown>): Promise<void> {
  try {
    await task
  } catch (error) {
    assert.instance(error, CrossChatError)
    if (error instanceof CrossChatError) assert.is(error.code, code)
    return
  }
  assert.unreachable(`not refused with ${code}`)
}
