import type { Accounts, Channels, Sessions } from './accounts.ts'
import type { Archive } from './archive.ts'
import type { Erasures } from './erasures.ts'
import type { Instances } from './instance.ts'
import type { Invites, Members } from './members.ts'
import type { Deeds, People, RulesHistory, Stages } from './moderation.ts'
import type { Docks, Looks, Overlays } from './overlays.ts'
import type { Keys, Webhooks } from './programs.ts'
import type { Sources } from './sources.ts'
import type { Moments, Streams } from './streams.ts'

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
  rulesHistory: RulesHistory
  moments: Moments
  erasures: Erasures
  sessions: Sessions
  keys: Keys
  webhooks: Webhooks
  sources: Sources
  streams: Streams
  archive: Archive
  instance: Instances
  /** Resolves when what keeps the records has answered; null = that is this server itself. */
  answers: (() => Promise<void>) | null
  /** The whole house stands: what an earlier start has kept of the form before may go. */
  stood(): Promise<void>
  /** Flushes, fsyncs and lets go of every file. */
  close(): Promise<void>
}
