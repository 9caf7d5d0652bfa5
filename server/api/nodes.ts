import type { ConnectorView } from './instance.ts'

/** The servers that share the channels, as the owner of the instance sees them. */

/** What one of them says of itself. */
export interface NodeFigures {
  version: string
  /** When its process began, ms. */
  startedAt: number
  /** Reasons why it is not ready; empty = ready. */
  unready: string[]
  /** Channels that it runs. */
  channels: number
  /** Overlays, docks, panels and event streams that are connected to it. */
  sockets: number
  /** Of the channels that it runs, over the last second. */
  eventsPerSecond: number
  /** Cores that its process kept busy, with all its threads, over the last second or so. */
  cpu: number
  /** Resident, bytes. */
  memory: number
  /** Null where the server has none. */
  redis: Reached | null
  database: Reached | null
  /** The newest line of its log that is an error or worse. */
  lastError: { at: number; message: string } | null
  /** What the channels that it runs follow. */
  platforms: Omit<ConnectorView, 'label'>[]
}

/** How long it took to answer when it was last asked, ms; null = it does not answer. */
export interface Reached {
  answered: number | null
}

export interface NodeView extends NodeFigures {
  /** Names it as long as its process lives. */
  id: string
  /** It has answered this call. */
  here: boolean
  /** When it last said how it is, ms. */
  heardAt: number
  /** It has said nothing for some seconds: it went without a word, stands still, or is cut off from Redis. */
  silent: boolean
}

export interface NodesView {
  items: NodeView[]
  /** Sums over all that are not silent. */
  whole: Pick<NodeFigures, 'channels' | 'sockets' | 'eventsPerSecond' | 'cpu' | 'memory'> & { nodes: number }
}
