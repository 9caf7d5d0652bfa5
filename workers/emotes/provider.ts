import type { EmoteAnswer, EmoteMap } from './emote.ts'

/** An emote service: where its sets are, and how its answers are read. */
export interface Provider {
  /** Stands in the parts of messages and in the names of cached files. */
  name: string
  /** The setting that holds its address. */
  setting: string
  /** Path of the set that all channels have. */
  global: string
  /** Path of a channel's set; undefined where it has none for channels of that platform. `id` can stand in an address. */
  channel(service: string, id: string): string | undefined
  /** Pure and tolerant: entries not of the wanted shape are left out. Null when the whole is no answer of this service. */
  readGlobal(answer: unknown): EmoteAnswer | null
  readChannel(answer: unknown): EmoteAnswer | null
  /** The set after a change that the service told of by itself. Pure and tolerant as well. */
  change?(emotes: EmoteMap, body: unknown): EmoteMap
}
