import { z } from 'zod'
import type { Rules, TrialVerdict } from '../../workers/ruled.ts'
import type { DeedView, HeldView, PeopleView, PersonView, StageView } from '../api/moderation.ts'
import type { MomentView } from '../api/streams.ts'
import { SaidAnswer } from './event.ts'
import { count, flag, id, moment } from './shapes.ts'

/** What moderators see and have done. */

const action = z.enum(['hide', 'hold'])
const word = z.object({ text: z.string(), match: z.enum(['anywhere', 'whole']), action })
export const RulesAnswer = z
  .object({
    words: z.array(z.union([z.string(), word])),
    users: z.array(z.string()),
    commands: z.boolean(),
    bots: z.boolean(),
    links: z.object({ action, allow: z.array(z.string()) }).nullable(),
    caps: z.object({ action, share: z.number(), least: z.number() }).nullable(),
    repeats: z.object({ action, within: z.number() }).nullable(),
    emoteOnly: z.object({ action }).nullable(),
    firstTimers: z.boolean(),
    everything: z.boolean(),
  })
  .meta({ id: 'Rules' }) satisfies z.ZodType<Rules>

export const VerdictAnswer = z.object({
  rule: z.string().nullable().describe('The rule that catches it; null = it is shown.'),
  action: z.enum(['show', 'hide', 'hold']),
  found: z.string().nullable().describe('The word or the host that was found.'),
}) satisfies z.ZodType<TrialVerdict>

export const StageAnswer = z
  .object({ panic: z.boolean(), slow: z.boolean(), featured: SaidAnswer.nullable() })
  .meta({ id: 'Stage' }) satisfies z.ZodType<StageView>

const by = z.object({ kind: z.enum(['account', 'dock', 'time']), name: z.string() })
export const PersonAnswer = z
  .object({
    platform: z.string(),
    authorId: id,
    name: z.string(),
    note: z.string(),
    at: moment,
    by,
    until: z
      .union([moment, z.literal('stream')])
      .nullable()
      .describe('When they are shown again by themselves; null = never.'),
  })
  .meta({ id: 'HiddenPerson' }) satisfies z.ZodType<PersonView>
export const PeopleAnswer = z.object({ items: z.array(PersonAnswer), max: count }) satisfies z.ZodType<PeopleView>

export const HeldAnswer = z.object({
  items: z.array(z.object({ event: SaidAnswer, rule: z.string(), since: moment })).describe('Oldest first.'),
  count: count.describe('All that wait, also those that are not listed.'),
  max: count,
  keepMs: count,
}) satisfies z.ZodType<HeldView>

export const DeedAnswer = z
  .object({
    id,
    at: moment,
    by,
    what: z.enum([
      'hide',
      'unhide',
      'hidePerson',
      'showPerson',
      'release',
      'refuse',
      'feature',
      'unfeature',
      'panic',
      'calm',
      'slow',
      'unslow',
      'clear',
      'theme',
      'rules',
    ]),
    target: z.union([z.object({ id }), z.object({ platform: z.string().optional(), authorId: id })]).nullable(),
    author: z.string().nullable(),
    text: z.string().nullable(),
    undoes: id.nullable().describe('The deed that it takes back.'),
    undoneBy: id.nullable(),
    restorable: flag.describe('The newest change of the rules that can be taken back.'),
  })
  .meta({ id: 'Deed' }) satisfies z.ZodType<DeedView>

export const MomentAnswer = z
  .object({
    id,
    eventId: id,
    seq: count,
    at: moment,
    platform: z.string(),
    author: z.string().nullable(),
    text: z.string(),
    by,
  })
  .meta({ id: 'Moment' }) satisfies z.ZodType<MomentView>
