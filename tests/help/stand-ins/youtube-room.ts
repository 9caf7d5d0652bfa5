import { createHash } from 'node:crypto'

/** What the stand-in for YouTube knows of one channel: its broadcasts and what is written in them. */

/** Messages that a chat shows to who comes without saying where it was. */
export const HISTORY = 75
const CHANNEL_DIGITS = 22
const VIDEO_DIGITS = 11

/** One thing that happened in a chat, as each of the two ways tells of it; null where one does not. */
export interface Entry {
  resource: unknown
  action: unknown
  /** Only who reads everything gets it. */
  beyondTop: boolean
}

export interface Broadcast {
  video: string
  chat: string
  title: string
  state: 'upcoming' | 'live' | 'over'
  startedAt: string
  entries: Entry[]
}

export class Room {
  readonly id: string
  readonly handle: string
  broadcast: Broadcast | null = null
  #begun = 0
  #watchers = new Set<() => void>()

  constructor(name: string) {
    this.handle = name.startsWith('@') ? name : `@c${digits(name, 8).toLowerCase()}`
    this.id = name.startsWith('UC') ? name : `UC${digits(name, CHANNEL_DIGITS)}`
  }

  /** A new broadcast in place of the one before. */
  begin(detail: Partial<Broadcast> = {}): Broadcast {
    const video = detail.video ?? digits(`${this.id} ${++this.#begun}`, VIDEO_DIGITS)
    this.broadcast = {
      video,
      chat: `chat-of-${video}`,
      title: 'Noodles at midnight',
      state: 'live',
      startedAt: new Date().toISOString(),
      entries: [],
      ...detail,
    }
    return this.broadcast
  }

  end(): void {
    if (this.broadcast !== null) this.broadcast.state = 'over'
    this.#tell()
  }

  add(entry: Entry): void {
    this.broadcast?.entries.push(entry)
    this.#tell()
  }

  /** Calls back on every change, until what it returns is called. */
  watch(act: () => void): () => void {
    this.#watchers.add(act)
    return () => this.#watchers.delete(act)
  }

  #tell(): void {
    for (const act of this.#watchers) act()
  }
}

export function digits(text: string, count: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, count)
}

/** A message as both ways tell of it, under the same id. */
export function written(id: string, name: string, text: string): Entry {
  const author = `UC${digits(name, CHANNEL_DIGITS)}`
  const at = Date.now()
  const resource = {
    kind: 'youtube#liveChatMessage',
    id,
    snippet: {
      type: 'textMessageEvent',
      authorChannelId: author,
      publishedAt: new Date(at).toISOString(),
      hasDisplayContent: true,
      displayMessage: text,
      textMessageDetails: { messageText: text },
    },
    authorDetails: { channelId: author, displayName: name, profileImageUrl: '', isChatOwner: false },
  }
  const renderer = {
    id,
    timestampUsec: String(at * 1_000),
    authorName: { simpleText: name },
    authorExternalChannelId: author,
    message: { runs: [{ text }] },
  }
  const action = { addChatItemAction: { item: { liveChatTextMessageRenderer: renderer }, clientId: id } }
  return { resource, action, beyondTop: false }
}
