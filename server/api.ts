import { z } from 'zod'
import type { About } from '../workers/control.ts'
import { MAX_HELD, type Message, type Notice } from '../workers/message.ts'
import { REGISTRATION } from './choices.ts'
import { MAX_CHANNEL_BYTES, MIN_CHANNEL_BYTES } from './instance-settings.ts'
import { TAIL_LEVELS, TAIL_LINES, type TailLine } from './log-tail.ts'
import type { ChosenSettings } from './look.ts'
import { SettingsBody } from './look-body.ts'
import type { ChannelRole, DockClient, DockScope, OverlayClient, SourceView, WebhookEvent } from './protocol.ts'
import { DEMO_ACTS, DOCK_SCOPES, WEBHOOK_EVENTS } from './protocol.ts'
import type { Archived, Figures, Hit } from './stores/archive.ts'
import type { MemberRole } from './stores/members.ts'
import type { Deed, Hand, HiddenPerson, Stage } from './stores/moderation.ts'
import type { Moment } from './stores/streams.ts'

/** The shapes of the panel's requests (checked here) and answers. OpenAPI is made from the same schemas. */

/** Characters of the address of a webhook. */
export const MAX_WEBHOOK_URL = 500
const trimmed = (max: number) => z.string().trim().min(1).max(max)

export const RegisterBody = z.strictObject({
  username: z
    .string()
    .trim()
    .min(3)
    .max(32)
    .regex(/^[\p{L}\p{N}_.-]+$/u, 'letters, digits, dot, dash and underscore'),
  password: z.string().min(8).max(256),
  channel: trimmed(50).optional(),
  setupToken: z.string().max(100).optional(),
  /** The token of an invitation. */
  invite: z.string().max(100).optional(),
})
export const LoginBody = z.strictObject({ username: z.string().max(100), password: z.string().max(256) })
export const PasswordBody = z.strictObject({ current: z.string().max(256), next: z.string().min(8).max(256) })

export const ResetPasswordBody = z.strictObject({ token: z.string().max(100), password: z.string().min(8).max(256) })

export const InstanceSettingsBody = z.strictObject({
  registration: z.enum(REGISTRATION).optional(),
  channelBytes: z.number().int().min(MIN_CHANNEL_BYTES).max(MAX_CHANNEL_BYTES).optional(),
})
export const SuspendBody = z.strictObject({ suspended: z.boolean() })
/** What cannot be undone names what it is about. */
export const RemoveAccountBody = z.strictObject({ username: z.string().max(100) })
export const LogQuery = z.object({
  /** Number of a line; those after it are given. */
  after: z.coerce.number().int().min(0).default(0),
  level: z.enum(TAIL_LEVELS).default('trace'),
  limit: z.coerce.number().int().min(1).max(TAIL_LINES).default(200),
})

export const StartStreamBody = z.strictObject({ title: z.string().trim().max(140).optional() })
export const EndStreamBody = z.strictObject({ discard: z.boolean().optional() })
export const PatchStreamBody = z.strictObject({ title: trimmed(140) })

/** `preview`: only says how many would go. */
export const RetentionBody = z.strictObject({
  days: z.number().int().min(1).max(3_650).nullable(),
  preview: z.boolean().optional(),
})

export const MAX_PAGE = 500
const limit = z.coerce.number().int().min(1).max(MAX_PAGE).default(100)
const cursor = z.string().max(200).optional()
export const PageQuery = z.object({ limit, cursor })
export const StreamsQuery = PageQuery.extend({ deleted: z.enum(['yes', 'no']).default('no') })
export const EventsQuery = z.object({
  limit,
  cursor,
  q: z.string().max(200).optional(),
  platform: z.string().max(40).optional(),
  author: z.string().max(100).optional(),
  kind: z.string().max(20).optional(),
  simulated: z.enum(['yes', 'no']).optional(),
})

/** Formats that a transcript can be saved in. */
export const EXPORT_FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html', 'srt', 'vtt'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]
/** Those that tell when something was said within one recording are for streams only. */
export const SEARCH_EXPORT_FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html'] as const satisfies ExportFormat[]
const exportOptions = {
  /** `no` leaves removed messages out. */
  removed: z.enum(['yes', 'no']).default('yes'),
  simulated: z.enum(['yes', 'no']).default('yes'),
  /** `pseudonyms`: numbers instead of names, the same for a person throughout the file. */
  names: z.enum(['real', 'pseudonyms']).default('real'),
}
export const ExportQuery = EventsQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(EXPORT_FORMATS),
  /** Seconds added to the times of subtitles; may be negative. */
  offset: z.coerce.number().min(-86_400).max(86_400).default(0),
  ...exportOptions,
})
const moment = z.coerce.number().int().min(0).max(8_640_000_000_000_000)
export const SearchQuery = EventsQuery.extend({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  from: moment.optional(),
  to: moment.optional(),
})
export const SearchExportQuery = SearchQuery.omit({ limit: true, cursor: true }).extend({
  format: z.enum(SEARCH_EXPORT_FORMATS),
  ...exportOptions,
})

const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour as #rrggbb')
const role = z.enum(['owner', 'mod', 'vip', 'sub', 'staff', 'verified', 'bot'])
const platform = z.string().regex(/^[a-z0-9-]{1,40}$/)
export const SampleBody = z.strictObject({
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
export const RunBody = z.strictObject({
  scenario: z.string().max(40).optional(),
  count: z.number().int().min(1).max(10_000),
  perSecond: z.number().min(0.1).max(500),
  platforms: z.array(platform).min(1).max(20).optional(),
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
})

export const CreateOverlayBody = z.strictObject({ name: trimmed(50).optional(), settings: SettingsBody.optional() })
export const PatchOverlayBody = CreateOverlayBody

/** A change names the state of the draft that it was made from. */
const revision = z.number().int().min(0)
/** The whole draft: what it does not name is the theme's. */
export const DraftBody = z.strictObject({ revision, settings: SettingsBody })
/** Looks that are published in one sitting, step by step as somebody edits, are kept as one version: the last of them. */
export const PublishBody = z.strictObject({ revision, sitting: trimmed(40).optional() })
export const REPLAY_SPEEDS = [1, 2, 8] as const
/** What the preview shall do, or which past stream it shall show; null ends that. */
export const PreviewBody = z.union([
  z.strictObject({ act: z.enum([...DEMO_ACTS, 'disconnect']) }),
  z.strictObject({ replay: z.strictObject({ stream: trimmed(100), speed: z.literal(REPLAY_SPEEDS) }).nullable() }),
])

/** Any further key is one of the platform's own options; null takes one away. */
export const SourceBody = z
  .object({
    channel: trimmed(300).optional(),
    enabled: z.boolean().optional(),
    autoStream: z.boolean().optional(),
  })
  .catchall(z.union([z.string().trim().max(500), z.boolean(), z.null()]))

export type SourceChange = z.output<typeof SourceBody>

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
export const MAX_NOTE = 200
export const HidePersonBody = z.strictObject({
  platform,
  authorId: trimmed(200),
  name: trimmed(100).optional(),
  note: z.string().trim().max(MAX_NOTE).optional(),
})
export const NoteBody = HidePersonBody.required({ note: true }).omit({ name: true })
export const HeldQuery = z.object({ limit: z.coerce.number().int().min(1).max(MAX_HELD).default(50) })
export const HideBody = z.union([
  z.strictObject({ id: trimmed(300) }),
  /** Ids of persons are a platform's own; without a platform the id counts on each. */
  z.strictObject({ platform: platform.optional(), authorId: trimmed(200) }),
])
export const EraseBody = z.strictObject({ platform, authorId: trimmed(200) })
export const FeatureBody = z.strictObject({ id: trimmed(300).nullable() })
export const MomentBody = z.strictObject({ id: trimmed(300) })
export const PanicBody = z.strictObject({ on: z.boolean() })
export const SlowBody = z.strictObject({ on: z.boolean() })
export const CreateDockBody = z.strictObject({ name: trimmed(50), scope: z.enum(DOCK_SCOPES) })
const memberRole = z.enum(['moderator', 'viewer'])
export const RoleBody = z.strictObject({ role: memberRole })
export const CreateInviteBody = z.strictObject({ role: memberRole, name: z.string().trim().max(50).optional() })
export const InstanceInviteBody = CreateInviteBody.omit({ role: true })
export const TokenBody = z.strictObject({ token: z.string().max(100) })
export const CreateKeyBody = z.strictObject({
  name: trimmed(50),
  scopes: z
    .array(z.enum(['produce', 'read']))
    .min(1)
    .max(2),
})

const webhook = z.strictObject({
  name: z.string().trim().max(50),
  url: trimmed(MAX_WEBHOOK_URL),
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length),
})
export const CreateWebhookBody = webhook.extend({ name: webhook.shape.name.default('') })
export const PatchWebhookBody = webhook.partial().extend({ paused: z.boolean().optional() })
export type NewWebhook = z.output<typeof CreateWebhookBody>
export type WebhookChange = z.output<typeof PatchWebhookBody>

/* Answers. */

export type { Rules as RulesView, TrialVerdict, WordRule } from '../workers/control.ts'

export interface AccountView {
  id: string
  username: string
  owner: boolean
  createdAt: number
}
export interface ChannelView {
  id: string
  name: string
}
export interface MeView {
  account: AccountView
  /** Their own. */
  channel: ChannelView
  /** All that they work in, their own first. */
  channels: WorkplaceView[]
}
export interface WorkplaceView extends ChannelView {
  role: ChannelRole
}
/** Somebody signed in, somewhere. */
export interface SessionView {
  id: string
  /** The one that asks. */
  current: boolean
  since: number
  /** To within five minutes. */
  seenAt: number
  /** In words, such as "Firefox on Windows"; empty = not known. */
  browser: string
}
export interface MemberView {
  /** The account's. */
  id: string
  name: string
  role: ChannelRole
  since: number
  /** Whoever asks. */
  you: boolean
}
export interface InviteView {
  id: string
  /** Null = it only lets somebody register. */
  role: MemberRole | null
  name: string
  createdAt: number
  expiresAt: number
  /** The link with its token; only in the answer that makes it. */
  url?: string
}
/** What an invitation opens, for whoever holds its token. */
export interface InvitedView {
  /** Null = it only lets somebody register. */
  channel: string | null
  role: MemberRole | null
  /** Who made it. */
  by: string
  expiresAt: number
}
export interface StreamView {
  id: string
  title: string
  startedAt: number
  endedAt: number | null
  messages: number
  /** Only of one that was deleted: when, and until when it can be brought back. */
  deletedAt?: number
  goesAt?: number
}
/** How far a viewer is out of the transcripts. Whom it is about is not kept. */
export interface ErasureView {
  id: string
  platform: string
  startedAt: number
  finishedAt: number | null
  /** Steps done and steps in all. */
  done: number
  total: number
  /** Their messages and notices. */
  events: number
}
export interface RetentionView {
  /** Null = for ever. */
  days: number | null
  /** Streams that are older than that now. */
  due: number
}
export interface OverlayView {
  id: string
  name: string
  /** The whole address with the key in its fragment. */
  url: string
  /** What was chosen; the theme decides the rest. */
  settings: ChosenSettings
  /** An editor has changed it and not shown it yet. */
  draft: boolean
  clients: OverlayClient[]
  createdAt: number
}
/** How many open pages were asked. */
export interface ReloadView {
  pages: number
}
/** An overlay's look as an editor sees it. */
export interface LookView {
  /** The draft; where there is none, what is on air. */
  settings: ChosenSettings
  /** What is on air. */
  published: ChosenSettings
  revision: number
  /** When the draft was changed last; null = there is none. */
  changedAt: number | null
  /** Address of the page that shows the draft with invented chat, key included. */
  preview: string
}
export interface VersionView {
  id: string
  publishedAt: number
  settings: ChosenSettings
}
export interface DockView {
  id: string
  name: string
  scope: DockScope
  /** Of the chat dock, whole, with the key in its fragment. */
  url: string
  /** Of the control dock; null where the scope does not reach so far. */
  controlUrl: string | null
  clients: DockClient[]
  createdAt: number
}
export interface StageView {
  panic: boolean
  slow: boolean
  featured: Stage['featured']
}
/** Somebody who is hidden, whatever they write. */
export interface PersonView extends Omit<HiddenPerson, 'id' | 'channelId' | 'by'> {
  by: Pick<Hand, 'kind' | 'name'>
}
export interface PeopleView {
  /** Newest first. */
  items: PersonView[]
  max: number
}
/** What waits for a moderator. */
export interface HeldView {
  /** Oldest first. */
  items: { event: Message | Notice; rule: string; since: number }[]
  /** All that wait, also those that are not listed. */
  count: number
  max: number
  /** How long it waits before it stays hidden for good, ms. */
  keepMs: number
}
/** An entry of the moderation log. */
export interface DeedView extends Omit<Deed, 'channelId' | 'by'> {
  by: Pick<Hand, 'kind' | 'name'>
}
export interface MomentView extends Omit<Moment, 'channelId' | 'streamId' | 'authorId' | 'by'> {
  by: Pick<Hand, 'kind' | 'name'>
}
export interface KeyView {
  id: string
  name: string
  scopes: string[]
  createdAt: number
  lastUsedAt: number | null
  /** Only in the answer that makes it. */
  key?: string
}
/** One try to deliver to a webhook. */
export interface DeliveryView {
  /** The same for every try of one delivery. */
  id: string
  at: number
  events: number
  /** 1 = the first try. */
  attempt: number
  test: boolean
  /** Null = no answer came. */
  status: number | null
  ms: number
  /** A sentence; null = delivered. */
  error: string | null
}
export interface WebhookView {
  id: string
  name: string
  url: string
  events: WebhookEvent[]
  /** By a person, after hours of failures, or because the address answered 410; null = it delivers. */
  paused: 'hand' | 'failures' | 'gone' | null
  failingSince: number | null
  retryAt: number | null
  waiting: number
  /** Events that the next delivery tells as a gap. */
  missed: number
  /** Since the server was started. */
  last: DeliveryView | null
  createdAt: number
  /** Only in the answer that makes it. */
  secret?: string
}
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
export interface PageView<T> {
  items: T[]
  next: string | null
}
/** Messages and notices by time and platform, and who said most. */
export type FiguresView = Figures
export type EventsView = PageView<Archived>
/** What was said right before and after it comes along; `from` is the cursor of a page of its transcript that begins a little earlier. */
export interface SearchHit extends Hit {
  stream: StreamView
}
/** How a stranger may come in. */
export interface DoorView {
  registration: 'open' | 'invite' | 'closed'
  /** No account exists: whoever registers now owns the instance. */
  first: boolean
  /** The first account needs the set-up token, because the caller is not on this machine. */
  setupToken: boolean
}
export interface InstanceView {
  version: string
  /** Seconds. */
  uptime: number
  memory: { rss: number; heapUsed: number; external: number }
  accounts: number
  liveStreams: number
  /** Reasons why it is not ready; empty = ready. */
  unready: string[]
  /** Of the disk under the data folder, bytes; null where the system does not say. */
  disk: { free: number; total: number } | null
  platforms: ConnectorView[]
  settings: InstanceSettingsView
  addresses: AddressesView
}
/** All that is followed on one platform, over all channels. */
export interface ConnectorView {
  platform: string
  label: string
  /** State → sources that are in it. */
  states: Partial<Record<SourceView['state'], number>>
  lastEventAt: number | null
}
export interface InstanceSettingsView {
  registration: DoorView['registration']
  /** The setting of the environment that says it; null = it is decided here. */
  registrationFrom: string | null
  limits: ChannelLimits
}
/** What each channel may have. */
export interface ChannelLimits {
  /** Bytes of transcripts. A stream that runs is never cut; the next one does not begin. */
  bytes: number
  overlays: number
  keys: number
  /** Calls that push messages, a second. */
  pushes: number
}
export interface AddressesView {
  /** Where it listens. */
  listening: string
  /** What links begin with. */
  printed: string
  /** Pages from which calls may come; empty = its own names, over http. */
  origins: string[]
}
/** A channel's part of each limit. */
export interface ChannelUse {
  streams: number
  bytes: number
  /** When the oldest stream began, ms; null = there is none. */
  oldest: number | null
  overlays: number
  keys: number
  /** In this second. */
  pushes: number
}
export interface TenantView {
  id: string
  username: string
  owner: boolean
  createdAt: number
  /** About; null = not since that is kept. */
  seenAt: number | null
  suspendedAt: number | null
  channel: ChannelView | null
  use: ChannelUse
}
export interface ResetLinkView {
  /** Whole; the answer is the only place where it is shown. */
  url: string
  until: number
}
export interface LogView {
  items: TailLine[]
  /** Number of the newest line there is. */
  last: number
  /** Lines that are written at all. */
  level: string
}
export interface AddressCheckView {
  nonce: string
  /** What a page of the panel may ask for the nonce, best first. */
  addresses: string[]
}
/** Half of what was counted did not exceed `p50`, 99 % not `p99`. Null when nothing was counted. */
export interface Spread {
  p50: number | null
  p99: number | null
}
/** How the line from the worker to the sockets runs. Bytes where nothing else is said. */
export interface EngineView {
  /** When this was measured, ms. Two answers with the same `at` are the same measurement. */
  at: number
  /** The time up to `at` that rates, shares and percentiles are of, ms. */
  over: number
  ring: {
    capacity: number
    /** Where in the ring the main thread takes next, and where the worker writes next. */
    head: number
    tail: number
    /** Written and not taken yet, and the most of it within `over`. */
    depth: number
    deepest: number
    recordsPerSecond: number
    bytesPerSecond: number
    /** Since the start of the process, over all lives of the worker. */
    records: number
    bytes: number
  }
  lock: {
    /** Takes by both threads. */
    holdsPerSecond: number
    /** Share of the worker's takes that found it held, 0 to 1. */
    contended: number
    /** Sleeps of the worker while it waited. */
    backoffsPerSecond: number
    /** Share of the time in which it was held, 0 to 1; an estimate from the histogram. */
    busy: number
    /** µs. */
    held: Spread
    waited: Spread
    /** How long it is held past its lease, ms; anything but 0 makes the holder suspect. */
    overdue: number
    /** Times it was taken over from a dead thread. */
    recoveries: number
  }
  worker: {
    ready: boolean
    restarts: number
    /** Share of the time in which the thread worked, 0 to 1. */
    busy: number
    held: number
    /** Jobs handed over and not yet acknowledged. */
    pending: number
    /** Channels open on the line. */
    channels: number
  }
  loop: {
    busy: number
    wakeupsPerSecond: number
    /** Delay of the main thread's timers, ms. */
    p50: number
    p99: number
    max: number
  }
  /** From the worker's publishing to the sockets, µs; of the first event of each batch. */
  latency: Spread
  /** Events waiting for the disk. */
  archiveQueue: number
  sockets: number
}
export interface ErrorView {
  error: { code: string; message: string; fields?: Record<string, string>; requestId: string }
}
