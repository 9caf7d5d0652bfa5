import { z } from 'zod'

/** What the bodies and answers of every area are made of. */

export const trimmed = (max: number) => z.string().trim().min(1).max(max)
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
