import type { About } from '../workers/about.ts'
import type { HookJob, HookReply, SampleRequest } from '../workers/job.ts'
import type { Draft, Message, Notice, Remove } from '../workers/message.ts'
import type { Pace } from '../workers/pace.ts'
import type { Ruled, Trial, TrialVerdict } from '../workers/ruled.ts'
import type { EngineView } from './api/engine.ts'
import type { DeedView } from './api/moderation.ts'
import type { NodeFigures, NodeView } from './api/nodes.ts'
import type { DeliveryView, NewWebhook, WebhookChange, WebhookView } from './api/programs.ts'
import type { RunView } from './api/simulator.ts'
import type { SourceChange } from './api/sources.ts'
import type { HookKeys } from './auth/hook-keys.ts'
import type { DockKeys, OverlayKeys, PreviewKeys } from './auth/keys.ts'
import type { Words } from './auth/nonces.ts'
import type { Notes } from './auth/notes.ts'
import type { Passwords } from './auth/passwords.ts'
import type { ResetLinking } from './auth/reset-links.ts'
import type { PanelSessions } from './auth/sessions.ts'
import type { Config } from './config.ts'
import type { InstanceSettings } from './instance-settings.ts'
import type { Log } from './log.ts'
import type { LogTail } from './log-tail.ts'
import type { ChosenSettings } from './look.ts'
import type { Metrics } from './metrics.ts'
import type { DemoAct, DockClient, HeldCount, OverlayClient, SourceView, StreamState } from './protocol.ts'
import type { Tally } from './redis/tally.ts'
import type { Erasure } from './stores/erasures.ts'
import type { Stage } from './stores/moderation.ts'
import type { Stores } from './stores/stores.ts'
import type { Stream } from './stores/streams.ts'

/** What the doors (middleware and routes) are handed: each part once, made by `parts`, named by what it does for them. */
export interface House {
  config: Config
  log: Log
  logTail: LogTail
  /** What the owner of the instance decides while it runs. */
  settings: InstanceSettings
  metrics: Metrics
  stores: Stores
  passwords: Passwords
  pace: Pace
  notes: Notes
  overlayKeys: OverlayKeys
  previewKeys: PreviewKeys
  dockKeys: DockKeys
  hookKeys: HookKeys
  sessions: PanelSessions
  resetLinks: ResetLinking
  /** For whoever wants to know whether an address leads here. */
  nonces: Words
  /** The one-time token that lets a stranger make the first account; null when an account exists. */
  setupToken: string | null
  line: LineDoor
  sources: SourcesDoor
  streams: StreamsDoor
  erasures: ErasuresDoor
  runs: RunsDoor
  stage: StageDoor
  held: HeldDoor
  hub: HubDoor
  previews: PreviewsDoor
  webhooks: WebhooksDoor
  engine: EngineDoor
  nodes: NodesDoor
  /** These are null where this server is the only one. */
  homes: HomesDoor | null
  tally: Tally | null
  /** Reasons why the house is not ready; empty = ready. */
  unready(): string[]
}

/** The way in: what goes in here is in order and on its way to the screen when the promise resolves. */
export interface LineDoor {
  platforms(): About[]
  scenarios(): { id: string; label: string }[]
  /** Throws CrossChatError: bad_payload, unknown_platform, queue_full. */
  push(channelId: string, platform: string, body: string, headers: Record<string, string>): Promise<Receipt>
  sample(channelId: string, platform: string, fields: SampleRequest): Promise<Receipt>
  event(channelId: string, draft: Draft): Promise<Receipt>
  /**
   * A signed delivery. Throws CrossChatError besides: bad_signature, stale_delivery. Does not wait for the archive: platforms give up on slow
   * answers.
   */
  hook(
    channelId: string,
    platform: string,
    delivery: Pick<HookJob, 'bytes' | 'headers' | 'source'>,
  ): Promise<HookReceipt>
  /** From now on; events that are on their way may still meet the rules before. What the change does not name stays. */
  rulesChanged(channelId: string, change: Partial<Ruled>): Promise<void>
  /** What the rules would do with a message that nobody wrote. Throws busy. */
  try(channelId: string, trial: Trial): Promise<TrialVerdict>
}
export interface HookReceipt {
  /** What the platform wants to read back; null = nothing. */
  reply: HookReply | null
  /** It was about nothing of this channel. */
  foreign: boolean
  /** A sentence about what the platform sends no more; null = nothing. */
  ended: string | null
}
export interface Receipt {
  accepted: { id: string; seq: number }[]
  duplicates: number
  ignored: string[]
  /** A stream runs and every accepted event stands in its archive. */
  archived: boolean
}

/** What a channel follows. */
export interface SourcesDoor {
  /** One for each platform. */
  list(channelId: string): SourceView[]
  /** Throws unknown_platform, bad_name, bad_request. What the change does not name stays. */
  set(channelId: string, platform: string, change: SourceChange): Promise<SourceView>
  /** Throws not_found. */
  remove(channelId: string, platform: string): Promise<void>
  /** Tries at once. Throws not_found. */
  retry(channelId: string, platform: string): void
  /** For signed deliveries; null = nothing is followed. */
  followed(channelId: string, platform: string): HookJob['source']
}

export interface StreamsDoor {
  /** Throws `stream_live`. */
  start(channelId: string, title: string): Promise<Stream>
  /** Throws `no_stream`. With discard, the stream and its events are gone. */
  /** `atLast`: it ended when its newest event came. */
  end(channelId: string, discard: boolean, atLast?: boolean): Promise<Stream>
  state(channelId: string): StreamState
  /** The stream's record was given another title. */
  renamed(stream: Stream): void
  /** Events archived so far of a live stream; else what the record says. */
  messages(stream: Stream): number
}

export interface ErasuresDoor {
  start(channelId: string, person: { platform: string; authorId: string }): Promise<Erasure>
  /** Newest first. */
  list(channelId: string): Promise<Erasure[]>
}

export interface RunsDoor {
  start(
    channelId: string,
    order: { scenario: string; platforms: string[]; count: number; perSecond: number; seed: number },
  ): Promise<RunView>
  get(channelId: string, id: string): RunView | null
  cancel(channelId: string, id: string): boolean
}

/** What stands on a channel's picture besides its chat. Holds and is told at once, and is kept over a restart. */
export interface StageDoor {
  of(channelId: string): Stage
  feature(channelId: string, event: Message | Notice | null): Promise<void>
  panic(channelId: string, on: boolean): Promise<void>
  slow(channelId: string, on: boolean): Promise<void>
}

/** What waits for a moderator. */
export interface HeldDoor {
  count(channelId: string): HeldCount
  /** Oldest first. */
  list(channelId: string, limit: number): (Message | Notice)[]
  /** The event, for the one decision about it. Throws not_found, held_decided. */
  decide(channelId: string, id: string): Message | Notice
  /** How often it was given back to wait. */
  turn(channelId: string, id: string): number
  /** The decision could not be carried out. */
  giveBack(channelId: string, id: string): void
}

export interface HubDoor {
  clients(channelId: string): OverlayClient[]
  settingsChanged(channelId: string, overlayId: string, settings: ChosenSettings): void
  /** Tells docks that there is another overlay, or one less. */
  looksChanged(channelId: string): void
  docks(channelId: string): DockClient[]
  /** An event that the channel still keeps for those who come back; `gone` = taken away. */
  find(channelId: string, id: string): { event: Message | Notice; gone: boolean } | null
  /** The newest of what a restore of the target would give back, as far as it is kept. */
  restorable(channelId: string, platform: string, target: Remove['target']): (Message | Notice)[]
  /** Tells panels that the moderation log or the moments have changed. */
  noted(channelId: string): void
  /** Asks an overlay's pages to load anew; returns how many. */
  reloadOverlay(channelId: string, overlayId: string): number
  /** Closes an overlay's sockets with 4002. */
  withdrawOverlay(channelId: string, overlayId: string): void
  /** Closes a dock's sockets with 4002. */
  withdrawDock(channelId: string, dockId: string): void
  /** Closes panel sockets of sessions that have ended; `keep` = a session id that stays. */
  withdrawAccount(accountId: string, keep: string | null): void
  withdrawSession(sessionId: string): void
  /** Sends a session's panels away to come back with its new cookie. */
  sessionChanged(sessionId: string): void
  /** Closes the panel sockets that a former member has on this channel. */
  withdrawMember(channelId: string, accountId: string): void
  /** Sends a member's panels on this channel away to come back in their new role. */
  memberChanged(channelId: string, accountId: string): void
}

/** The pages in which editors see their drafts. Where none is open, nothing happens. */
export interface PreviewsDoor {
  dress(overlayId: string, settings: ChosenSettings): void
  act(overlayId: string, act: DemoAct | 'disconnect'): void
  /** Plays a stream's events from its beginning, so many times as fast; ends a replay that runs. */
  replay(overlayId: string, streamId: string, speed: number): void
  endReplay(overlayId: string): void
  /** Closes them with 4002. */
  withdraw(overlayId: string): void
}

/** Where a channel's events are delivered to. An unknown id and another channel's throw not_found. */
export interface WebhooksDoor {
  list(channelId: string): WebhookView[]
  /** The answer holds its secret. Throws bad_request, list_full. */
  make(channelId: string, wanted: NewWebhook): Promise<WebhookView>
  /** What the change does not name stays. Throws bad_request. */
  change(channelId: string, id: string, change: WebhookChange): Promise<WebhookView>
  /** The answer holds its new secret; the old one signs beside it for a day. */
  rotate(channelId: string, id: string): Promise<WebhookView>
  remove(channelId: string, id: string): Promise<void>
  /** One delivery without events, at once. */
  test(channelId: string, id: string): Promise<DeliveryView>
  /** The newest tries, newest first. */
  deliveries(channelId: string, id: string): DeliveryView[]
  /** While its owner is shut out, a channel's webhooks rest. */
  suspended(channelId: string, on: boolean): void
  /** Somebody has done something about the chat. */
  did(channelId: string, deed: DeedView): void
}

/** Where channels are run, of several servers. */
export interface HomesDoor {
  /** The server that runs the channel; null = this one does from now on. Throws busy. */
  elsewhere(channelId: string): Promise<{ address: string } | null>
  /** Calls from server to server carry one. */
  passes: { make(method: string, url: string): string; fits(pass: string, method: string, url: string): boolean }
}

/** The servers that share the channels; where there is only one, that one. */
export interface NodesDoor {
  /** Of this one. */
  readonly id: string
  /** This one first. */
  all(): NodeView[]
  figures(): NodeFigures
  /** Where the other servers reach it; '' = nowhere, null = there is none of that id. */
  addressOf(id: string): string | null
}

export interface EngineDoor {
  /** The newest measurement. */
  look(): EngineView
}
