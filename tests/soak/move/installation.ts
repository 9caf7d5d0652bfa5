import { newId } from '../../../server/auth/ids.ts'
import { Seal } from '../../../server/auth/seal.ts'
import { openSecretFile } from '../../../server/auth/secret.ts'
import { Vault } from '../../../server/auth/vault.ts'
import type { Channel } from '../../../server/stores/accounts.ts'
import { openEmbedded } from '../../../server/stores/nedb/index.ts'
import type { Stores } from '../../../server/stores/stores.ts'
import type { Stream } from '../../../server/stores/streams.ts'
import { seeded } from '../../../workers/random.ts'
import { ERASED_AUTHOR, FIRST_TITLE, writeChat } from './chat.ts'
import { writeTenant } from './records.ts'

/** An installation as many evenings leave it behind, made through the stores' own writers. */

const CHANNELS = 5
/** Of a middling stream; one holds a tenth of all. */
const EVENTS_OF_A_STREAM = 10_000
const LONGEST_SHARE = 0.1
const FEWEST_STREAMS = 8
const FIRST_NIGHT = Date.UTC(2025, 0, 1, 19)
const DAY_MS = 86_400_000
const MOMENTS = 5

export interface Installation {
  dataDir: string
  /** Events and gaps, of all streams. */
  records: number
  streams: number
  vault: Vault
}

export async function makeInstallation(dataDir: string, events: number, seed: number): Promise<Installation> {
  const stores = await openEmbedded({ dataDir, keepFree: 0, note: () => undefined })
  try {
    const vault = new Vault(new Seal([await openSecretFile(dataDir)]))
    const channels: Channel[] = []
    for (let nth = 0; nth < CHANNELS; nth++) channels.push(await writeTenant(stores, vault, nth))
    await stores.instance.put({ registration: 'closed', channelBytes: 10 ** 12 })
    const lengths = lengthsOf(events)
    const random = seeded(seed)
    let records = 0
    for (const [nth, length] of lengths.entries()) {
      const channel = channels[nth % CHANNELS]
      if (channel === undefined) throw new Error('There is no channel.')
      records += await writeStream(stores, channel, nth, { length, random, runs: nth === lengths.length - 1 })
    }
    return { dataDir, records, streams: lengths.length, vault }
  } finally {
    await stores.close()
  }
}

function lengthsOf(events: number): number[] {
  const longest = Math.floor(events * LONGEST_SHARE)
  const others = Math.max(FEWEST_STREAMS, Math.floor((events - longest) / EVENTS_OF_A_STREAM))
  const each = Math.floor((events - longest) / others)
  const lengths = Array.from({ length: others }, () => each)
  lengths[0] = each + events - longest - each * others
  lengths.splice(Math.floor(others / 2), 0, longest)
  return lengths
}

interface Night {
  length: number
  random: () => number
  /** It has not ended. */
  runs: boolean
}

async function writeStream(
  stores: Stores,
  channel: Channel,
  nth: number,
  { length, random, runs }: Night,
): Promise<number> {
  const startedAt = FIRST_NIGHT + nth * DAY_MS
  const title = nth === 0 ? FIRST_TITLE : `Night ${nth + 1} 💚`
  const stream = { id: newId(), channelId: channel.id, title, startedAt, endedAt: null, messages: 0 }
  await stores.streams.insert(stream)
  const records = await writeChat(stores.archive, stream, length, random)
  await writeMoments(stores, stream)
  if (runs) return records
  const { messages } = await stores.archive.end(stream.id)
  if (nth === 0) await stores.archive.erase(stream.id, { platform: 'twitch', authorId: ERASED_AUTHOR, names: [] })
  await stores.streams.update(stream.id, { endedAt: startedAt + length * 500, messages })
  return records
}

async function writeMoments({ moments }: Stores, { id, channelId, startedAt }: Stream): Promise<void> {
  const by = { kind: 'dock' as const, id: 'd', name: 'Desk' }
  for (let seq = 1; seq <= MOMENTS; seq++) {
    const place = { id: newId(), channelId, streamId: id, eventId: `twitch:${id}-${seq}`, seq, at: startedAt }
    await moments.add({ ...place, platform: 'twitch', authorId: null, author: null, text: 'here', by })
  }
}
