import { filled, isObject, list, shaped } from '../foreign.ts'
import { safeUrl } from '../text.ts'
import { type Emote, type EmoteAnswer, gather, HOSTS, safeId, wordOf } from './emote.ts'

/** A set as its file holds it. Read as if a stranger had written it: the file may be damaged or of another age. */

export interface Stored {
  answer: EmoteAnswer
  etag: string | null
}

const VERSION = 1

/** The same text for the same set. `of` says which set it is. */
export function writeStored(of: string, provider: string, { answer, etag }: Stored): string {
  const emotes = [...answer.emotes].map(([word, { id, url, zeroWidth }]) => [word, id, url, ...(zeroWidth ? [1] : [])])
  return JSON.stringify({ v: VERSION, of, provider, etag, set: answer.set, badges: [...(answer.badges ?? [])], emotes })
}

/** Null for everything but a file of this very set. */
export function readStored(of: string, provider: string, text: string): Stored | null {
  const kept = parsed(text)
  if (!isObject(kept)) return null
  const { v, of: whose, provider: by, etag, set, badges, emotes } = shaped<Record<string, unknown>>(kept)
  if (v !== VERSION || whose !== of || by !== provider) return null
  const answer: EmoteAnswer = {
    emotes: gather(list(emotes), (entry) => readEmote(entry, provider)),
    badges: new Map(list(badges).flatMap(readBadge)),
  }
  const id = safeId(set)
  return { answer: id === undefined ? answer : { ...answer, set: id }, etag: filled(etag) ?? null }
}

function readEmote(entry: unknown, provider: string): readonly [string, Emote] | undefined {
  const [sentWord, sentId, sentUrl, over] = list(entry)
  const [word, id, url] = [wordOf(sentWord), safeId(sentId), safeUrl(sentUrl, HOSTS)]
  if (word === undefined || id === undefined || url === undefined) return undefined
  return [word, { id, provider, url, ...(over === 1 && { zeroWidth: true }) }]
}

function readBadge(entry: unknown): [string, string][] {
  const [sentId, sentUrl] = list(entry)
  const [id, url] = [filled(sentId), safeUrl(sentUrl, HOSTS)]
  return id === undefined || url === undefined ? [] : [[id, url]]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
