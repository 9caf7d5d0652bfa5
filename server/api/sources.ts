import { z } from 'zod'
import type { About } from '../../workers/about.ts'
import { trimmed } from './shapes.ts'

/** What a channel follows, and what is pushed in. */

/** Any further key is one of the platform's own options; null takes one away. */
export const SourceBody = z
  .object({
    channel: trimmed(300).optional(),
    enabled: z.boolean().optional(),
    autoStream: z.boolean().optional(),
  })
  .catchall(z.union([z.string().trim().max(500), z.boolean(), z.null()]))

export type SourceChange = z.output<typeof SourceBody>

export interface ProducedView {
  accepted: number
  ignored: number
  /** Why items were ignored; at most 100. */
  reasons: string[]
  duplicates: number
  archived: boolean
  events: { id: string; seq: number }[]
}

export interface PlatformsView {
  items: About[]
  scenarios: { id: string; label: string }[]
}
