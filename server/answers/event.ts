import { z } from 'zod'
import type { Author, Clear, Message, Money, Notice, Part, Remove, Restore } from '../../workers/message.ts'
import { count, flag, id, moment } from './shapes.ts'

/** The one model, as it goes out. */

const base = {
  seq: z.number().int().min(1).describe('Its place in the channel: 1, 2, 3 … within an epoch.'),
  id: id.describe('`<platform>:<the platform’s id>`, unique in a channel.'),
  platform: z.string(),
  at: moment.describe('By the platform’s clock.'),
  receivedAt: moment.describe('By ours.'),
  simulated: flag,
  hidden: z.string().exactOptional().describe('The rule that hid it; `held:` before it = waits for a moderator.'),
}

const badge = z.object({ id, label: z.string(), image: z.string().exactOptional() })
const author = z
  .object({
    id: id.describe('The platform’s own id of the person.'),
    name: z.string(),
    login: z.string().exactOptional(),
    color: z.string().exactOptional(),
    avatar: z.string().exactOptional(),
    roles: z.array(z.enum(['owner', 'mod', 'vip', 'sub', 'staff', 'verified', 'bot'])),
    badges: z.array(badge),
  })
  .meta({ id: 'Author' }) satisfies z.ZodType<Author>

const text = z.string()
const part = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text }),
    z.object({ type: z.literal('emote'), text, id, provider: z.string(), url: z.string(), zeroWidth: flag }),
    z.object({ type: z.literal('mention'), text }),
    z.object({ type: z.literal('link'), text, url: z.string() }),
    z.object({ type: z.literal('cheer'), text, bits: z.number(), url: z.string().exactOptional() }),
  ])
  .meta({ id: 'Part' }) satisfies z.ZodType<Part>

const money = z
  .object({
    kind: z.enum(['bits', 'superchat', 'sticker', 'kicks', 'jewels', 'paid-pin', 'donation']),
    amount: z.number(),
    currency: z.string().exactOptional(),
    display: z.string().describe('As the platform writes it, ready to show.'),
    tier: z.number().exactOptional(),
  })
  .meta({ id: 'Money' }) satisfies z.ZodType<Money>

const message = z.object({
  kind: z.literal('message'),
  ...base,
  author,
  parts: z.array(part),
  text: text.describe('The texts of all parts, joined.'),
  action: flag,
  first: flag,
  reply: z.object({ id, author: z.string(), text }).exactOptional(),
  money: money.exactOptional(),
  highlighted: flag,
}) satisfies z.ZodType<Message>

const notice = z.object({
  kind: z.literal('notice'),
  ...base,
  what: z.enum(['sub', 'resub', 'gift', 'raid', 'follow', 'announcement', 'milestone', 'reward', 'other']),
  text: text.describe('A sentence that can be shown as it is.'),
  author: author.exactOptional(),
  parts: z.array(part).exactOptional(),
  count: count.exactOptional(),
  months: count.exactOptional(),
  tier: z.string().exactOptional(),
  recipient: z.string().exactOptional(),
  money: money.exactOptional(),
}) satisfies z.ZodType<Notice>

const target = z.union([z.object({ id }), z.object({ authorId: id })])
const remove = z.object({
  kind: z.literal('remove'),
  ...base,
  target,
  by: z.enum(['platform', 'panel']),
}) satisfies z.ZodType<Remove>
const clear = z.object({
  kind: z.literal('clear'),
  ...base,
  by: z.enum(['platform', 'panel', 'stream']),
}) satisfies z.ZodType<Clear>

export const MessageAnswer = message.meta({ id: 'Message' })
export const NoticeAnswer = notice.meta({ id: 'Notice' })
export const SaidAnswer = z.discriminatedUnion('kind', [MessageAnswer, NoticeAnswer])

const restore = z.object({
  kind: z.literal('restore'),
  ...base,
  target,
  by: z.literal('panel'),
  events: z.array(SaidAnswer).describe('The newest of what is back.'),
  released: flag,
}) satisfies z.ZodType<Restore>

export const ChatEventAnswer = z
  .discriminatedUnion('kind', [
    MessageAnswer,
    NoticeAnswer,
    remove.meta({ id: 'Remove' }),
    clear.meta({ id: 'Clear' }),
    restore.meta({ id: 'Restore' }),
  ])
  .meta({ id: 'ChatEvent' })

/** What became of an event since, in a transcript. */
const since = {
  removed: z
    .object({ at: moment, by: z.enum(['platform', 'panel']) })
    .exactOptional()
    .describe('It was taken away.'),
  releasedAt: moment.exactOptional().describe('It was held, and a moderator put it on air then.'),
}
const gap = z.object({
  kind: z.literal('gap'),
  count: count.describe('Events that could not be kept; 0 = nobody can know how many.'),
  at: moment,
  reason: z.string(),
  platform: z.string().exactOptional().describe('Of a source that was away.'),
  until: moment.exactOptional(),
})
export const ArchivedAnswer = z
  .discriminatedUnion('kind', [
    message.extend(since).meta({ id: 'ArchivedMessage' }),
    notice.extend(since).meta({ id: 'ArchivedNotice' }),
    remove.extend(since).meta({ id: 'ArchivedRemove' }),
    clear.extend(since).meta({ id: 'ArchivedClear' }),
    restore.extend(since).meta({ id: 'ArchivedRestore' }),
    gap.meta({ id: 'Gap' }),
  ])
  .meta({ id: 'Archived' })
