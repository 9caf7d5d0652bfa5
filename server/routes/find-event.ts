import type { House } from '../house.ts'

/** Pages of a live transcript that are looked through for one event; beyond it is not found. */
const MAX_LOOKS = 50

type Found = ReturnType<House['hub']['find']>

/** A message or notice of the replay window, or of the live stream. */
export async function findEvent(house: House, channelId: string, id: string): Promise<Found> {
  return house.hub.find(channelId, id) ?? (await inArchive(house, channelId, id))
}

async function inArchive({ stores }: House, channelId: string, id: string): Promise<Found> {
  const live = await stores.streams.liveOf(channelId)
  if (live === null) return null
  let cursor: string | null = null
  for (let look = 0; look < MAX_LOOKS; look++) {
    const { items, next } = await stores.archive.page(live.id, 1, cursor, { id })
    const [item] = items
    if (item?.kind === 'message' || item?.kind === 'notice') {
      const { removed, releasedAt: _, ...event } = item
      return { event, gone: removed !== undefined }
    }
    if (next === null) return null
    cursor = next
  }
  return null
}
