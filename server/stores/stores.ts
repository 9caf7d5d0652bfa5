import type { Broadcast, Facts, Rules, SourceOptions } from '../../workers/control.ts'
import type { ChatEvent, Message, Notice } from '../../workers/message.ts'
import type { ChosenSettings } from '../look.ts'
import type { ChannelRole, DockScope, WebhookEvent } from '../protocol.ts'

/**
 * What CrossChat keeps, as an interface that every driver fits. Records are plain data; ids are made by the caller.
 * Reads give copies. A method that finds nothing gives null. A method that fails throws CrossChatError (`storage_…`).
 */
export interface Stores {
  accounts: Accounts
  channels: Channels
  members: Members
  invites: Invites
  overlays: Overlays
  looks: Looks
  docks: Docks
  stages: Stages
  people: People
  deeds: Deeds
  moments: Moments
  erasures: Erasures
  sessions: Sessions
  keys: Keys
  webhooks: Webhooks
  sources: Sources
  streams: Streams
  archive: Archive
  instance: Instances
  /** Flushes, fsyncs and lets go of every file. */
  close(): Promise<void>
}

export interface Account {
  id: string
  username: string
  /** Unique; NFKC and lower case of the username. */
  handle: string
  passwordHash: string
  /** The first account owns the instance. */
  owner: boolean
  /** Raised by whatever must end all other sessions. */
  sessionEpoch: number
  createdAt: number
  /** When they were last here, about; missing = not since that is kept. */
  seenAt?: number
  /** Since when they are shut out; missing = they are not. */
  suspendedAt?: number
}
export interface Accounts {
  /** Throws `name_taken` when the handle stands already, also under concurrency. */
  insert(account: Account): Promise<void>
  byId(id: string): Promise<Account | null>
  byHandle(handle: string): Promise<Account | null>
  count(): Promise<number>
  /** Oldest first. `before` = the `next` of the page before. */
  page(limit: number, before: string | null): Promise<Page<Account>>
  seen(id: string, at: number): Promise<void>
  /** Null lets them in again. Raises the session epoch; on disk (fsync) when it resolves. */
  suspend(id: string, at: number | null): Promise<Account | null>
  /** On disk (fsync) when it resolves. */
  remove(id: string): Promise<boolean>
  /** Sets the password and raises the session epoch; on disk (fsync) when it resolves. */
  setPassword(id: string, passwordHash: string): Promise<Account | null>
}

/** One streamer's place. One account owns one channel. */
export interface Channel {
  id: string
  accountId: string
  name: string
  rules: Rules
  /** Days for which a stream is kept after its end; null or absent = for ever. */
  retentionDays?: number | null
  createdAt: number
}
export interface Channels {
  insert(channel: Channel): Promise<void>
  byId(id: string): Promise<Channel | null>
  byAccount(accountId: string): Promise<Channel | null>
  setRules(id: string, rules: Rules): Promise<void>
  /** On disk (fsync) when it resolves. */
  setRetention(id: string, days: number | null): Promise<void>
  /** Channels that keep their streams for so many days. */
  retained(): Promise<{ id: string; retentionDays: number }[]>
  remove(id: string): Promise<boolean>
}

/** Somebody works in a channel that is not their own. */
export interface Membership {
  channelId: string
  accountId: string
  role: MemberRole
  since: number
}
/** A channel's owner is no member of it: the channel itself says whose it is. */
export type MemberRole = Exclude<ChannelRole, 'owner'>
/** Changes are on disk (fsync) when they resolve. */
export interface Members {
  /** Throws `member_already` when the account is one, also under concurrency. */
  insert(membership: Membership): Promise<void>
  one(channelId: string, accountId: string): Promise<Membership | null>
  /** Oldest first, like those of an account. */
  byChannel(channelId: string): Promise<Membership[]>
  byAccount(accountId: string): Promise<Membership[]>
  setRole(channelId: string, accountId: string, role: MemberRole): Promise<Membership | null>
  /** True if there was one. */
  remove(channelId: string, accountId: string): Promise<boolean>
}

/** A link that lets one person in, once. */
export interface Invite {
  id: string
  /** SHA-256 of its token, hex. */
  digest: string
  /** What it makes them a member of; null = it only lets them register. */
  channelId: string | null
  /** Null where there is no channel. */
  role: MemberRole | null
  /** For whom, in the words of whoever made it. */
  name: string
  /** The account that made it. */
  by: string
  createdAt: number
  expiresAt: number
}
/** One that has expired is as if it were not there. */
export interface Invites {
  insert(invite: Invite): Promise<void>
  byDigest(digest: string): Promise<Invite | null>
  /** Newest first; with null those that only let register. */
  open(channelId: string | null): Promise<Invite[]>
  /** Gives it to one caller and never again; on disk (fsync) when it resolves. */
  take(digest: string): Promise<Invite | null>
  /** True if there was one. */
  remove(channelId: string | null, id: string): Promise<boolean>
}

export interface Overlay {
  id: string
  channelId: string
  name: string
  settings: ChosenSettings
  /** Part of the key's derivation; rotation raises it. */
  keyVersion: number
  createdAt: number
}
export interface Overlays {
  insert(overlay: Overlay): Promise<void>
  byId(id: string): Promise<Overlay | null>
  byChannel(channelId: string): Promise<Overlay[]>
  update(id: string, change: Partial<Pick<Overlay, 'name' | 'settings'>>): Promise<Overlay | null>
  /** On disk (fsync) when it resolves. */
  raiseKeyVersion(id: string): Promise<Overlay | null>
  remove(id: string): Promise<boolean>
}

/** What an editor has made of an overlay and not shown yet. */
export interface LookDraft {
  /** The overlay's. */
  id: string
  channelId: string
  /** Null = as it is on air. */
  settings: ChosenSettings | null
  /** Raised by every change, also by publishing. */
  revision: number
  changedAt: number
}
/** How an overlay once looked on air. */
export interface LookVersion {
  id: string
  overlayId: string
  channelId: string
  settings: ChosenSettings
  publishedAt: number
  /** Published step by step while somebody edited; the last look of a sitting takes the place of the one before. */
  sitting?: string
}
/** Versions that an overlay keeps; the oldest go first. */
export const MAX_VERSIONS = 20
export interface Looks {
  draft(overlayId: string): Promise<LookDraft | null>
  /** Of all overlays of the channel. */
  drafts(channelId: string): Promise<LookDraft[]>
  putDraft(draft: LookDraft): Promise<void>
  /** Newest first. */
  versions(overlayId: string): Promise<LookVersion[]>
  addVersion(version: LookVersion): Promise<void>
  /** The overlay is gone. */
  forget(overlayId: string): Promise<void>
}

/** A page beside OBS for whoever moderates or runs a stream; what its key may do is its scope. */
export interface Dock {
  id: string
  channelId: string
  name: string
  scope: DockScope
  /** Part of the key's derivation; rotation raises it. */
  keyVersion: number
  createdAt: number
}
export interface Docks {
  insert(dock: Dock): Promise<void>
  byId(id: string): Promise<Dock | null>
  byChannel(channelId: string): Promise<Dock[]>
  /** On disk (fsync) when it resolves. */
  raiseKeyVersion(id: string): Promise<Dock | null>
  remove(id: string): Promise<boolean>
}

/** What a channel's picture shows besides its chat: a featured message, or, while panic is on, nothing at all. */
export interface Stage {
  panic: boolean
  /** Overlays show few messages a second, however many come. */
  slow: boolean
  featured: Message | Notice | null
}
/** Nothing but its chat. */
export const isBare = ({ panic, slow, featured }: Stage): boolean => !panic && !slow && featured === null

export interface Stages {
  /** Of every channel whose stage is not bare, by the channel's id. */
  all(): Promise<Map<string, Stage>>
  /** On disk (fsync) when it resolves. */
  put(channelId: string, stage: Stage): Promise<void>
}

/** Somebody of a platform whom a channel hides, whatever they write; known by the platform's id, since names change. */
export interface HiddenPerson {
  id: string
  channelId: string
  platform: string
  authorId: string
  /** As they were called then. */
  name: string
  note: string
  at: number
  by: Hand
}
/** People that a channel hides at most. */
export const MAX_PEOPLE = 1_000
export interface People {
  /** Newest first. */
  byChannel(channelId: string): Promise<HiddenPerson[]>
  /** Whoever is listed already stays as they are; gives them as listed. Throws `list_full`. */
  add(person: Omit<HiddenPerson, 'id'>): Promise<HiddenPerson>
  /** Null = is not listed. */
  note(channelId: string, platform: string, authorId: string, note: string): Promise<HiddenPerson | null>
  /** Null = was not listed. */
  remove(channelId: string, platform: string, authorId: string): Promise<HiddenPerson | null>
}

/** What somebody did about a channel's chat. */
export interface Deed {
  id: string
  channelId: string
  at: number
  by: Hand
  what:
    | 'hide'
    | 'unhide'
    | 'hidePerson'
    | 'showPerson'
    | 'release'
    | 'refuse'
    | 'feature'
    | 'unfeature'
    | 'panic'
    | 'calm'
    | 'slow'
    | 'unslow'
    | 'clear'
    | 'rules'
  /** Whom or what; the body of the call that undoes a `hide`. */
  target: DeedTarget | null
  /** Who wrote it, and how it began, where that was still known. */
  author: string | null
  text: string | null
  /** The deed that it takes back. */
  undoes: string | null
  /** The deed that took it back. */
  undoneBy: string | null
}
export type DeedTarget = { id: string } | { platform?: string | undefined; authorId: string }
/** Who did it: a person in the panel, or whoever sat at a dock. */
export interface Hand {
  kind: 'account' | 'dock'
  id: string
  name: string
}
export interface Deeds {
  /** Gives it as it was kept: with `undoes`, and at a time of its own. Forgets what is too old or too much. */
  add(deed: Deed): Promise<Deed>
  /** The channel is gone. */
  forget(channelId: string): Promise<void>
  /** Newest first. */
  page(channelId: string, limit: number, cursor: string | null): Promise<Page<Deed>>
  /** What was done stays, without whom it was about. */
  erase(channelId: string, person: Person): Promise<void>
}

/** A place in a stream that somebody wants to find again. */
export interface Moment {
  id: string
  channelId: string
  streamId: string
  /** The event that stands there. */
  eventId: string
  seq: number
  /** The event's time, ms. */
  at: number
  platform: string
  /** Who wrote it, and how it began. */
  authorId: string | null
  author: string | null
  text: string
  by: Hand
}
/** Moments that a stream holds at most. */
export const MAX_MOMENTS = 200
export interface Moments {
  /** An event that is one already stays as it is; gives it as it stands. Throws `list_full`. */
  add(moment: Moment): Promise<Moment>
  /** In the order of the stream. */
  byStream(streamId: string): Promise<Moment[]>
  /** True if the channel had one. */
  remove(channelId: string, id: string): Promise<boolean>
  /** The stream is gone. */
  forget(streamId: string): Promise<void>
  /** The places stay, without whose words stand there. */
  erase(channelId: string, person: Person): Promise<void>
}

/** The wish that a viewer leaves every transcript of a channel, and how far that is. */
export interface Erasure {
  id: string
  channelId: string
  platform: string
  /** Empty once it is done: nothing of the person stays. */
  authorId: string
  names: string[]
  startedAt: number
  finishedAt: number | null
  /** Streams are gone through twice: for what is theirs, then for what others wrote about them. */
  round: 1 | 2
  /** The last stream of the round that is done; '' = none yet. */
  after: string
  /** Streams done and to be done, over both rounds. */
  done: number
  total: number
  /** Events that were theirs. */
  events: number
}
/** Finished erasures that a channel remembers. */
export const MAX_ERASURES = 20
export interface Erasures {
  /** Inserts or replaces; on disk (fsync) when it resolves. Forgets the oldest finished ones beyond `MAX_ERASURES`. */
  put(erasure: Erasure): Promise<void>
  /** Newest first. */
  byChannel(channelId: string): Promise<Erasure[]>
  /** Of all channels, oldest first. */
  unfinished(): Promise<Erasure[]>
  /** The channel is gone. */
  forget(channelId: string): Promise<void>
}

export interface Session {
  id: string
  /** koa-session's payload. */
  data: Record<string, unknown>
  expiresAt: number
}
export interface Sessions {
  get(id: string): Promise<Session | null>
  /** Ignored for an id that was destroyed: a late write must not revive a session. */
  set(session: Session): Promise<void>
  destroy(id: string): Promise<void>
  byAccount(accountId: string): Promise<Session[]>
  /** Ends all of an account's sessions but one. */
  destroyOthers(accountId: string, keep: string | null): Promise<void>
}

export interface ApiKey {
  id: string
  channelId: string
  name: string
  scopes: Scope[]
  /** SHA-256 of the secret, hex. */
  digest: string
  createdAt: number
  lastUsedAt: number | null
}
export type Scope = 'produce' | 'read'
export interface Keys {
  insert(key: ApiKey): Promise<void>
  byDigest(digest: string): Promise<ApiKey | null>
  byChannel(channelId: string): Promise<ApiKey[]>
  touch(id: string, at: number): Promise<void>
  remove(channelId: string, id: string): Promise<boolean>
}

/** Where a channel's events are delivered to. */
export interface Webhook {
  id: string
  channelId: string
  name: string
  url: string
  events: WebhookEvent[]
  /** Sealed. */
  secret: string
  /** The secret before, which signs beside it for a while. */
  retiring: { secret: string; until: number } | null
  /** By a person, after hours of failures, or because the address said that it is gone. */
  paused: 'hand' | 'failures' | 'gone' | null
  createdAt: number
}
/** What waited for a webhook when the process ended, or how much of it was there. */
export interface KeptWaiting {
  /** The webhook's. */
  id: string
  /** JSON, in order; null = the process has not ended by itself, and they are lost. */
  texts: string[] | null
  /** Those that wait, or are lost. */
  count: number
}
export interface Webhooks {
  /** Of all channels. */
  all(): Promise<Webhook[]>
  /** Inserts or replaces; on disk (fsync) when it resolves. */
  put(webhook: Webhook): Promise<void>
  remove(id: string): Promise<boolean>
  keepWaiting(waiting: KeptWaiting): Promise<void>
  /** Of all webhooks. */
  waiting(): Promise<KeptWaiting[]>
}

/** What a channel follows on one platform; one a channel and platform. */
export interface StoredSource {
  channelId: string
  platform: string
  name: string
  enabled: boolean
  autoStream: boolean
  options: SourceOptions
  /** Option → sealed text. */
  secrets: Record<string, string>
  facts: Facts
  /** The newest that the platform told of the broadcast; null = nothing yet. */
  broadcast: Broadcast | null
  createdAt: number
}
export interface Sources {
  /** Inserts or replaces; on disk (fsync) when it resolves. */
  put(source: StoredSource): Promise<void>
  /** What was learnt of the channel of that name; nothing happens when that is followed no longer. */
  learn(
    source: Pick<StoredSource, 'channelId' | 'platform' | 'name'>,
    learnt: Partial<Pick<StoredSource, 'facts' | 'broadcast'>>,
  ): Promise<void>
  all(): Promise<StoredSource[]>
  byChannel(channelId: string): Promise<StoredSource[]>
  /** True if there was one. */
  remove(channelId: string, platform: string): Promise<boolean>
}

export interface Stream {
  id: string
  channelId: string
  title: string
  startedAt: number
  endedAt: number | null
  /** Archived events of kind message and notice. */
  messages: number
  /** A platform's broadcast began it, and may end it. */
  auto?: true
  /** It was deleted and can still be brought back: it stands in no list, and nothing of it is shown. */
  deletedAt?: number
}
export type StreamChange = Partial<Pick<Stream, 'title' | 'endedAt' | 'messages'>> & { deletedAt?: number | null }
export interface Streams {
  insert(stream: Stream): Promise<void>
  byId(id: string): Promise<Stream | null>
  /** Every stream that has not ended, of all channels. */
  live(): Promise<Stream[]>
  liveOf(channelId: string): Promise<Stream | null>
  /** Newest first. `before` = the `next` of the page before. Those that were deleted, or those that were not. */
  page(channelId: string, limit: number, before: string | null, deleted?: boolean): Promise<Page<Stream>>
  /** Every stream of a channel, live and deleted ones too, by id. */
  ids(channelId: string): Promise<string[]>
  /** Of all channels. */
  deletedBefore(at: number, limit: number): Promise<Stream[]>
  endedBefore(channelId: string, at: number, limit: number): Promise<Stream[]>
  countEndedBefore(channelId: string, at: number): Promise<number>
  /** `deletedAt`: null brings it back. On disk (fsync) when it resolves where the change is more than a title. */
  update(id: string, change: StreamChange): Promise<Stream | null>
  remove(id: string): Promise<boolean>
}

export interface Page<T> {
  items: T[]
  /** Cursor of the next page, or null at the end. Opaque to callers. */
  next: string | null
}

/**
 * One archived event, or a gap: `count` events that could not be kept. `releasedAt`: it was held, and a moderator put it on air then,
 * ms; it is hidden no longer.
 */
export type Archived = (ChatEvent & { removed?: Removed; releasedAt?: number }) | Gap
export interface Removed {
  at: number
  by: 'platform' | 'panel'
}
export interface Gap {
  kind: 'gap'
  /** 0 = nobody can know how many. */
  count: number
  at: number
  reason: string
  /** Of a source that was away: its platform, and when it was back. */
  platform?: string
  until?: number
}

/** What goes to the archive thread: the bytes as the worker encoded them, never looked into on the main thread. */
export interface ArchiveBatch {
  streamId: string
  epoch: string
  /** UTF-8 JSON texts of events, back to back. */
  bytes: Uint8Array
  /** End of each event's text in `bytes`; with `seqs`, one entry an event. */
  ends: Uint32Array
  seqs: Float64Array
}

export interface EventFilter {
  /** The one event of that id. */
  id?: string
  /** Words and operators as they were typed; docs/api.md says which. */
  q?: string
  platform?: string
  /** Name, login or author id, without case. */
  author?: string
  kind?: string
  simulated?: boolean
  /** The platform's clock, ms, both ends included. */
  from?: number
  to?: number
}

/** How a stream went. */
export interface Figures {
  messages: number
  chatters: number
  /** Who said most. */
  top: Chatter[]
  /** When the first column begins, and how much time one takes, ms. */
  from: number
  column: number
  /** Platform → messages and notices of each column. */
  counts: Record<string, number[]>
}
export interface Chatter {
  platform: string
  id: string
  name: string
  messages: number
}

/** What a search found, and what was said right before and after it. */
export interface Hit {
  event: Archived
  before: Archived | null
  after: Archived | null
  /** Cursor of a page that begins a little before the event. */
  from: string
}

/** Whose traces are erased; `names` as they were written. */
export interface Person {
  platform: string
  authorId: string
  names: string[]
}

/** The events of streams. Runs in its own thread: the main thread never waits for a disk. */
export interface Archive {
  /** Makes the stream's place ready. After a crash: repairs the tail and gives what the line must know to go on. */
  open(streamId: string): Promise<Opened>
  /** Resolves when the batch is in the file (not yet fsynced). Rejects when it could not be kept; then nothing of it was. */
  append(batch: ArchiveBatch): Promise<{ messages: number }>
  /** Leaves a visible gap in the transcript. */
  gap(streamId: string, epoch: string, gap: Gap): Promise<void>
  /** In the order of arrival. */
  page(streamId: string, limit: number, cursor: string | null, filter: EventFilter): Promise<Page<Archived>>
  /** As a page, for searching. `budget`: rows that may be read for it, or what costs as much; `spent` of it. */
  search(
    streamId: string,
    limit: number,
    cursor: string | null,
    filter: EventFilter,
    budget: number,
  ): Promise<{ hits: Hit[]; next: string | null; spent: number }>
  /** The newest events, at most so many and so many bytes. */
  recent(streamId: string, events: number, bytes: number): Promise<Recent>
  /** Reads the whole stream. */
  figures(streamId: string): Promise<Figures>
  /**
   * Takes a person out of a stream, row by row in place: how many events were theirs, and what they were called there. Asked again with
   * these names, it finds what others' events say of them. Killed in the middle, the same call does the rest.
   */
  erase(streamId: string, person: Person): Promise<{ events: number; names: string[] }>
  /** Fsyncs and lets go of the segment being written. */
  end(streamId: string): Promise<{ messages: number }>
  remove(streamId: string): Promise<void>
  /** What the stream's files are on the disk. */
  bytes(streamId: string): Promise<number>
  close(): Promise<void>
}

/** What the owner of the instance has decided; what is missing was left to the defaults. */
export interface InstanceRecord {
  registration?: 'open' | 'invite' | 'closed'
  /** Bytes of transcripts that each channel may keep. */
  channelBytes?: number
}
export interface Instances {
  get(): Promise<InstanceRecord>
  /** On disk (fsync) when it resolves. */
  put(record: InstanceRecord): Promise<void>
}

export interface Opened {
  messages: number
  /** Ids of the newest archived events, oldest first, at most `REMEMBERED_IDS`; so that a redelivery after a crash is a duplicate. */
  ids: string[]
  /** What still waits for a moderator, oldest first, at most `MAX_HELD` and none older than `KEEP_HELD_MS`. */
  held: (Message | Notice)[]
}
/** Events in their order, each with a higher seq than the one before; what is between two may be missing. */
export interface Recent {
  /** UTF-8 JSON texts, back to back, and the end of each. */
  bytes: Uint8Array
  ends: Uint32Array
  heads: RecentHead[]
}
/** Of one event, with the fingerprints that its record in the ring had. */
export interface RecentHead {
  seq: number
  epoch: string
  platform: string
  receivedAt: number
  id: number
  author: number
  target: number
  kind: number
  flags: number
}
export const REMEMBERED_IDS = 10_000
