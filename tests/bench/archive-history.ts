import { newId } from '../../server/auth/ids.ts'
import { Passwords } from '../../server/auth/passwords.ts'
import { createLog } from '../../server/log.ts'
import { newAccount, openChannel } from '../../server/routes/newcomer.ts'
import type { ArchiveBatch } from '../../server/stores/archive.ts'
import { driverOf, openStores } from '../../server/stores/index.ts'
import type { Stores } from '../../server/stores/stores.ts'
import type { Stream } from '../../server/stores/streams.ts'
import type { Message } from '../../workers/message.ts'
import { pick, seeded } from '../../workers/random.ts'
import { batchOf } from '../workers/archive/events.ts'

/** Makes a history of ended streams in a data folder, through the archive's own writing code. The same seed makes the same words. */

export interface HistoryOrder {
  dataDir: string
  /** The database that it is made in; without one, the folder. */
  url?: string
  events: number
  streams: number
  seed: number
}
export interface MadeHistory {
  /** Oldest first. */
  streams: Stream[]
  /** The one that holds a tenth of all events. */
  longest: Stream
  /** From the first append of a stream until it was closed and on the disk, ms: of the longest one, and of all together. */
  longestMs: number
  keptMs: number
  /** Of all threads, for the longest one, ms. */
  longestCpuMs: number
}

export const USERNAME = 'sample_streamer'
export const PASSWORD = 'a password of the bench'
/** Stands in about every fifth message; once, in the oldest stream; nowhere. */
export const OFTEN = 'lantern'
export const ONCE = 'zyzzyva'
export const NEVER = 'quagga'

/** As many as a busy minute gathers for one append. */
const BATCH = 500
const LONGEST_SHARE = 0.1
const DAY_MS = 86_400_000
const HALF_A_SECOND_MS = 500
const FIRST_DAY = Date.UTC(2025, 0, 1, 19)
const PLATFORMS = ['twitch', 'youtube', 'kick'] as const
const WORDS = [
  ...[
    'that',
    'jump',
    'was',
    'unreal',
    'again',
    'hello',
    'from',
    'the',
    'harbour',
    'who',
    'needs',
    'soup',
    'otters',
    'are',
  ],
  ...[
    'better',
    'than',
    'noodles',
    'good',
    'luck',
    'have',
    'fun',
    'no',
    'way',
    'she',
    'did',
    'it',
    'what',
    'a',
    'night',
    OFTEN,
  ],
] as const
const FIRST = ['Noodle', 'Mossy', 'Night', 'Cosmic', 'Velvet', 'Paper', 'Turbo', 'Quiet', 'Salty', 'Rusty'] as const
const SECOND = ['Knight', 'Otter', 'Owl', 'Badger', 'Comet', 'Pilot', 'Wizard', 'Heron', 'Turnip', 'Falcon'] as const
const PEOPLE = 5_000

export async function makeHistory({ dataDir, url, events, streams: count, seed }: HistoryOrder): Promise<MadeHistory> {
  const stores = await openStores({ ...driverOf(url ?? null), dataDir, log: createLog('warn', process.stderr) })
  try {
    const channelId = await openAccount(stores)
    const random = seeded(seed)
    const longest = Math.floor(count / 2)
    const rest = Math.floor((events * (1 - LONGEST_SHARE)) / Math.max(1, count - 1))
    const streams: Stream[] = []
    let [longestMs, longestCpuMs, keptMs] = [0, 0, 0]
    for (let nth = 0; nth < count; nth += 1) {
      const length = nth === longest ? events - rest * (count - 1) : rest
      const startedAt = FIRST_DAY + nth * DAY_MS
      const stream = await insert(stores, channelId, nth, startedAt)
      const { took, cpu } = await keep(stores, stream, batches(stream, length, random, nth === 0))
      keptMs += took
      if (nth === longest) [longestMs, longestCpuMs] = [took, cpu]
      const endedAt = startedAt + length * HALF_A_SECOND_MS
      streams.push((await stores.streams.update(stream.id, { endedAt, messages: length })) ?? stream)
    }
    return { streams, longest: streams[longest] as Stream, longestMs, longestCpuMs, keptMs }
  } finally {
    await stores.close()
  }
}

async function openAccount(stores: Stores): Promise<string> {
  const passwords = new Passwords()
  const account = newAccount(USERNAME, await passwords.hash(PASSWORD), true)
  await passwords.close()
  await stores.accounts.insert(account)
  return (await openChannel(stores, account)).id
}

async function insert(stores: Stores, channelId: string, nth: number, startedAt: number): Promise<Stream> {
  const stream = { id: newId(), channelId, title: `Night ${nth + 1}`, startedAt, endedAt: null, messages: 0 }
  await stores.streams.insert(stream)
  return stream
}

/** ms */
async function keep({ archive }: Stores, { id }: Stream, made: ArchiveBatch[]): Promise<{ took: number; cpu: number }> {
  const began = performance.now()
  const before = process.cpuUsage()
  for (const batch of made) await archive.append(batch)
  await archive.end(id)
  const { user, system } = process.cpuUsage(before)
  return { took: performance.now() - began, cpu: (user + system) / 1_000 }
}

function batches(stream: Stream, length: number, random: () => number, oldest: boolean): ArchiveBatch[] {
  return Array.from({ length: Math.ceil(length / BATCH) }, (_, nth) => {
    const first = nth * BATCH + 1
    const events = Array.from({ length: Math.min(BATCH, length - nth * BATCH) }, (_, of) => {
      return messageOf(stream, first + of, random, oldest && first + of === Math.ceil(length / 2))
    })
    return batchOf(stream.id, 'history', events)
  })
}

function messageOf(stream: Stream, seq: number, random: () => number, once: boolean): Message {
  const at = stream.startedAt + seq * HALF_A_SECOND_MS
  const platform = pick(random, PLATFORMS)
  const person = Math.floor(random() ** 2 * PEOPLE)
  const words = Array.from({ length: 4 + Math.floor(random() * 8) }, () => pick(random, WORDS))
  const text = once ? `${ONCE} ${words.join(' ')}` : words.join(' ')
  const name = `${FIRST[person % 10]}_${SECOND[Math.floor(person / 10) % 10]}_${person}`
  return {
    ...{ seq, id: `${platform}:${stream.id}-${seq}`, platform, at, receivedAt: at + 80, kind: 'message' },
    author: { id: String(900_000 + person), name, login: name.toLowerCase(), roles: [], badges: [] },
    ...{ parts: [{ type: 'text', text }], text },
  }
}
