import type { About, HeldCount, OverlayClient, SourceView, Status, StreamState } from '../protocol.ts'
import type { Stage } from '../stores/moderation.ts'

/** What the hub asks the rest of the house. */
export interface HubEnds {
  stream(channelId: string): StreamState & Pick<Status, 'messages' | 'lastAt'>
  stage(channelId: string): Stage
  platforms(): About[]
  sources(channelId: string): SourceView[]
  held(channelId: string): HeldCount
  /** As the order of events stands now; by the fingerprint of a held message's id. */
  refused(channelId: string, id: number): boolean
  /** Overlays that are connected at other nodes. */
  elsewhere?(channelId: string): OverlayClient[]
  build: string
  /** A channel has nobody and nothing left: the line may forget it. False when it must stay. */
  idle(channelId: string): boolean
}
