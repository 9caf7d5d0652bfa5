import { z } from 'zod'

/** What the bodies and answers of every area are made of. */

export const trimmed = (max: number) => z.string().trim().min(1).max(max)

// Controls, halves of letters; marks and overrides of direction, which would turn round what stands beside them.
const UNSHOWN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A title or a name that others read: one line, as it is shown. */
export const lineText = () => z.string().overwrite((text) => text.replace(/\s+/g, ' ').replace(UNSHOWN, '').trim())
export const shownName = (max: number) => lineText().min(1).max(max)
export const MAX_PAGE = 500
export const limit = z.coerce.number().int().min(1).max(MAX_PAGE).default(100)
export const cursor = z.string().max(200).optional()
export const PageQuery = z.object({ limit, cursor })
/** A time, ms. */
export const moment = z.coerce.number().int().min(0).max(8_640_000_000_000_000)
export const platform = z.string().regex(/^[a-z0-9-]{1,40}$/)

export interface PageView<T> {
  items: T[]
  next: string | null
}

export interface ErrorView {
  error: { code: string; message: string; fields?: Record<string, string>; requestId: string }
}
