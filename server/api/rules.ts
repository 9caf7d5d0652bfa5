import { z } from 'zod'
import { trimmed } from './shapes.ts'

/** What a channel does not show. */

export const MAX_WORDS = 1_000
export const MAX_USERS = 1_000
/** Hosts that links may lead to. */
export const MAX_HOSTS = 200
const action = z.enum(['hide', 'hold'])

const word = z.strictObject({
  text: trimmed(100),
  match: z.enum(['anywhere', 'whole']).default('anywhere'),
  action: action.default('hide'),
})

/** A host as typed or pasted; kept is the bare name. */
const host = trimmed(300).transform((typed, context) => {
  const address = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`
  const name = URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
  if (!name.includes('.')) context.addIssue('the name of a host, such as example.org')
  return name
})

/** What a body does not name of the rules below `bots` stays as it is. */
export const RulesBody = z.strictObject({
  /** A plain string is hidden wherever it stands. */
  words: z.array(z.union([trimmed(100), word])).max(MAX_WORDS),
  users: z.array(trimmed(100)).max(MAX_USERS),
  commands: z.boolean(),
  bots: z.boolean(),
  links: z
    .strictObject({ action, allow: z.array(host).max(MAX_HOSTS).default([]) })
    .nullable()
    .optional(),
  caps: z
    .strictObject({
      action,
      /** Per cent of the letters. */
      share: z.number().int().min(50).max(100).default(70),
      /** Letters from which on it counts. */
      least: z.number().int().min(4).max(200).default(10),
    })
    .nullable()
    .optional(),
  /** Seconds. */
  repeats: z
    .strictObject({ action, within: z.number().int().min(5).max(600).default(30) })
    .nullable()
    .optional(),
  emoteOnly: z.strictObject({ action }).nullable().optional(),
  firstTimers: z.boolean().optional(),
  everything: z.boolean().optional(),
})

/** A message that nobody wrote; without `rules` the channel's own are tried. */
export const TrialBody = z.strictObject({
  text: z.string().max(2_000),
  name: trimmed(100).optional(),
  first: z.boolean().optional(),
  rules: RulesBody.optional(),
})

export type { Rules as RulesView, TrialVerdict, WordRule } from '../../workers/ruled.ts'
