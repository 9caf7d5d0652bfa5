import { z } from 'zod'
import { REGISTRATION } from '../choices.ts'
import { MAX_CHANNEL_BYTES, MIN_CHANNEL_BYTES } from '../instance-settings.ts'
import { TAIL_LEVELS, TAIL_LINES, type TailLine } from '../log-tail.ts'
import type { SourceView } from '../protocol.ts'
import type { ChannelView, DoorView } from './accounts.ts'

/** What the owner of the instance sees and decides. */

export const InstanceSettingsBody = z.strictObject({
  registration: z.enum(REGISTRATION).optional(),
  channelBytes: z.number().int().min(MIN_CHANNEL_BYTES).max(MAX_CHANNEL_BYTES).optional(),
})

export const SuspendBody = z.strictObject({ suspended: z.boolean() })
/** What cannot be undone names what it is about. */
export const RemoveAccountBody = z.strictObject({ username: z.string().max(100) })

/** Of several servers the one of this id answers; without it, the one that was called. */
const node = z.string().max(40).optional()
export const OfNodeQuery = z.object({ node })

export const LogQuery = z.object({
  node,
  /** Number of a line; those after it are given. */
  after: z.coerce.number().int().min(0).default(0),
  level: z.enum(TAIL_LEVELS).default('trace'),
  limit: z.coerce.number().int().min(1).max(TAIL_LINES).default(200),
})

/** What one server says of itself. */
export interface OfNode {
  /** Its id, where there are several. */
  node?: string
}

export interface InstanceView extends OfNode {
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
  /** What keeps accounts and transcripts. */
  store: 'folder' | 'database'
  /** Where on the server the rest lies, and all of it without a database. */
  folder: string
  /** The newest that was made of it: of which moment (ms) and how large (bytes). Null = none is known. */
  backup: { at: number; bytes: number } | null
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

export interface LogView extends OfNode {
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
