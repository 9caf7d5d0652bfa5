import { z } from 'zod'
import { platform, trimmed } from './shapes.ts'

/** Invented messages. */

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour as #rrggbb')
const role = z.enum(['owner', 'mod', 'vip', 'sub', 'staff', 'verified', 'bot'])

/** Kinds that are nothing but what is said. */
const SAID: readonly (string | undefined)[] = [undefined, 'message', 'action', 'reply', 'first']

export const SampleBody = z
  .strictObject({
    platform,
    name: trimmed(50),
    text: z.string().max(500),
    color: color.optional(),
    roles: z.array(role).max(7).optional(),
    kind: z
      .enum([
        'message',
        'action',
        'reply',
        'first',
        'sub',
        'resub',
        'gift',
        'raid',
        'follow',
        'cheer',
        'superchat',
        'announcement',
      ])
      .optional(),
    amount: z.number().int().min(1).max(1_000_000).optional(),
  })
  .refine(({ kind, text }) => !SAID.includes(kind) || text.trim() !== '', {
    path: ['text'],
    message: 'needs words that can be seen',
  })

/** Parts of one platform in the mix of a run. */
export const MAX_PARTS = 10

export const RunBody = z.strictObject({
  scenario: z.string().max(40).optional(),
  count: z.number().int().min(1).max(10_000),
  perSecond: z.number().min(0.1).max(500),
  platforms: z.array(platform).min(1).max(20).optional(),
  /** Instead of `platforms`: of how many parts each platform sends how many. */
  mix: z.record(platform, z.number().int().min(0).max(MAX_PARTS)).optional(),
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
})

export interface RunView {
  id: string
  scenario: string
  platforms: string[]
  count: number
  perSecond: number
  seed: number
  made: number
  finished: boolean
}
