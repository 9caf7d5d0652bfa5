import { z } from 'zod'

/** What the schemas of answers are made of. Answers are not checked on their way out: OpenAPI is made from these, and tests hold answers against it. */

/** Milliseconds since 1970. */
export const moment = z.number().int()
export const count = z.number().int().min(0)
export const id = z.string()
/** There or absent, never false. */
export const flag = z.literal(true).exactOptional()

export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
/** Pass `next` as `cursor` until it is null. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })
