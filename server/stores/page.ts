import { CrossChatError } from '../errors.ts'

export interface Page<T> {
  items: T[]
  /** Cursor of the next page, or null at the end. Opaque to callers. */
  next: string | null
}

/** What stands in a cursor of this form. Throws `bad_request` for one that no page gave. */
export function readCursor(cursor: string, form: RegExp): string[] {
  const [found, ...parts] = form.exec(cursor) ?? []
  if (found === undefined)
    throw new CrossChatError('bad_request', { fields: { cursor: 'is not one that this call gave' } })
  return parts
}
