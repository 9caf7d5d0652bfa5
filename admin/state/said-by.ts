import type { Api } from '../api.ts'
import type { Row } from './feed.ts'
import type { Author, Message, Notice } from './model.ts'

/** What one person wrote: of the feed at once, of the whole stream when it has come. */
export interface Said {
  event: Message | Notice
  removedBy?: 'platform' | 'panel'
}

/** Messages kept of one person, the newest. */
export const MAX_SAID = 200
/** Pages of the transcript that are asked for; one may hold little of the person. */
const MAX_PAGES = 40

export function saidInFeed(rows: readonly Row[], platform: string, author: Author): Said[] {
  return rows
    .flatMap(({ event, removedBy }) => {
      const theirs = event.kind !== 'clear' && event.platform === platform && event.author?.id === author.id
      return theirs ? [{ event, ...(removedBy && { removedBy }) }] : []
    })
    .slice(-MAX_SAID)
}

export async function saidInStream(
  api: Pick<Api, 'saidBy'>,
  streamId: string,
  platform: string,
  author: Author,
): Promise<Said[]> {
  const said: Said[] = []
  let cursor: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, next }: Awaited<ReturnType<Api['saidBy']>> = await api.saidBy(streamId, platform, author.id, cursor)
    for (const item of items) {
      if (item.kind !== 'message' && item.kind !== 'notice') continue
      // The filter knows names, too: somebody else may be called what is this one's id.
      if (item.author?.id === author.id) said.push({ event: item, ...(item.removed && { removedBy: item.removed.by }) })
    }
    if (next === null) break
    cursor = next
  }
  return said.slice(-MAX_SAID)
}
