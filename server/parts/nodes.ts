import type { Words } from '../auth/nonces.ts'
import type { ResetLinking } from '../auth/reset-links.ts'
import type { BusEnds, LocalBus } from '../bus/bus.ts'
import type { Hub } from '../channels/hub.ts'
import type { Previews } from '../channels/previews.ts'
import type { Erasing } from '../erasures.ts'
import type { LastBeat } from '../heartbeat.ts'
import type { Place } from '../homes/followed.ts'
import type { NodeList } from '../homes/node-list.ts'
import type { Forget } from '../homes/shared-hub.ts'
import type { Sockets } from '../homes/sockets-elsewhere.ts'
import type { SharedState } from '../homes/state.ts'
import type { HomesDoor, HubDoor, PreviewsDoor } from '../house.ts'
import type { Line } from '../line.ts'
import type { Tally } from '../redis/tally.ts'
import type { Slice } from '../slice.ts'
import type { ChannelParts } from './channels.ts'
import type { Way } from './way.ts'

/** What this node runs of channels, and those who look on at it. */
export type Running = Way & ChannelParts & { hub: Hub; erasures: Erasing }

/**
 * The servers that share the channels, as one of them sees the others. It is made before the parts that ask it, and knows of no home but this
 * one until it begins. `alone.ts` is a server without others, `several.ts` one of several.
 */
export interface Nodes {
  readonly bus: LocalBus
  readonly resetLinks: ResetLinking
  readonly nonces: Words
  /** These are null where this server is the only one. */
  readonly tally: Tally | null
  readonly homes: HomesDoor | null
  readonly list: NodeList | null

  /** What its home says of a channel that is only followed here; null = this is its home. */
  stateOf(channelId: string): SharedState | null
  /** What is connected to the others. */
  socketsOf(channelId: string): Sockets
  /** Whether this node runs the channel, or does from now on. False while nobody can say. */
  runs(channelId: string): Promise<boolean>
  /** Asks whether this node does the work of that name, which one does for all. */
  duty(name: string): () => Promise<boolean>

  /** These reach the sockets and the memory of all of them. */
  hubOf(own: HubDoor): HubDoor
  previewsOf(own: PreviewsDoor): PreviewsDoor
  forgetOf(own: Forget): Forget

  /** Something of a channel that is run here goes to the others soon; `now`: at once. */
  changed(channelId: string, now?: boolean): void
  /** Something was said. True where the channel is only followed here. */
  counts(slice: Slice): boolean
  /** Nobody listens to it here, and nothing of it is left to run. */
  idle(channelId: string): void
  /** What is heard of the others besides slices. */
  hears(hub: HubDoor, previews: Previews, forget: Forget): Omit<BusEnds, 'slice'>

  /** Where the others reach this node. */
  listens(address: string): void
  /** '' = not known yet, or nobody does. */
  address(): string
  /** Takes up what is to be run here. `last`: when the life before this one ended. */
  begin(running: Running, last: LastBeat): Promise<void>
  /** Where a channel is shown from for those who listen here. */
  open(channelId: string, line: Pick<Line, 'open'>): Promise<Place>
  /** Asks the others nothing by itself any more. */
  leave(): void
  /** Once nothing more comes: the others have all of it, and take over at once. */
  handOver(): Promise<void>
}
