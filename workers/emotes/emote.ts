/** What the emote services have in common: words that stand for pictures. */

export interface Emote {
  id: string
  provider: string
  url: string
  /** Drawn over the emote before it. */
  zeroWidth?: true
}

/** Word, in its exact letters, → emote. */
export type EmoteMap = ReadonlyMap<string, Emote>
export const NO_EMOTES: EmoteMap = new Map()

/** What one answer of a service gives. */
export interface EmoteAnswer {
  emotes: EmoteMap
  /** Pictures for badges, by the badge's id. */
  badges?: ReadonlyMap<string, string>
  /** The service's own id of the set, by which its changes can be followed. */
  set?: string
}

/** Emotes kept of one answer; the largest sets of today have some 1,000. */
export const MAX_SET = 5_000
/** UTF-16 units of a word; the longest seen in a real set has 77. */
export const MAX_WORD = 100
/** The only hosts that pictures of these services come from. */
export const HOSTS: readonly string[] = ['cdn.betterttv.net', 'cdn.frankerfacez.com', 'cdn.7tv.app']

/** It becomes part of an address. */
const ID = /^[A-Za-z0-9_-]{1,64}$/

export function safeId(value: unknown): string | undefined {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof id === 'string' && ID.test(id) ? id : undefined
}

/** The word, if it can stand alone in a message. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_WORD && /^\S+$/.test(value) ? value : undefined
}

/** Reads a list entry by entry; what is no emote is left out, and of two with the same word the first counts. */
export function gather(
  values: readonly unknown[],
  read: (value: unknown) => readonly [word: string, emote: Emote] | undefined,
  into = new Map<string, Emote>(),
): Map<string, Emote> {
  for (const value of values) {
    if (into.size >= MAX_SET) break
    const found = read(value)
    if (found !== undefined && !into.has(found[0])) into.set(...found)
  }
  return into
}

/** Several maps as one; of two emotes with the same word the one of the earlier map counts. */
export function merge(maps: readonly EmoteMap[]): EmoteMap {
  const [only = NO_EMOTES, ...others] = maps.filter((map) => map.size > 0)
  if (others.length === 0) return only
  const merged = new Map(only)
  for (const map of others) for (const [word, emote] of map) if (!merged.has(word)) merged.set(word, emote)
  return merged
}
