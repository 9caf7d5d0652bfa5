import { placeOf } from '../../../workers/keeping/database.ts'
import { type Note, StorageError } from '../../../workers/keeping/storage-error.ts'
import { CrossChatError } from '../../errors.ts'
import type { Archive } from '../archive.ts'
import { openTarget, type Target } from './database.ts'
import { type Digest, digestOf, digestOfTranscript, same } from './digest.ts'
import { type Folder, openFolder } from './folder.ts'
import { TABLES } from './tables.ts'
import { eachOf, moveTranscripts } from './transcripts.ts'

export interface Moving {
  dataDir: string
  url: string
  note: Note
  /** Told as it goes on. */
  tell(text: string): void
}

export interface Moved {
  tables: number
  records: number
  transcripts: number
  /** Events and gaps. */
  events: number
  /** It was all there before. */
  already: boolean
}

/**
 * Brings an installation out of its folder into a database. The folder stays as it is. Killed at any moment, the same call goes on: records
 * are written anew, a transcript that is there whole stays, one that is not is begun again. Throws, with a sentence, where the database
 * holds something else, and where count or sum of anything differs in the end.
 */
export async function move({ dataDir, url, note, tell }: Moving): Promise<Moved> {
  const folder = await openFolder(dataDir, note)
  try {
    const target = await openTarget(url, note)
    tell(`Moves what stands in ${folder.path} into ${placeOf(url)}.`)
    try {
      return await moveBetween(folder, target, tell)
    } catch (error) {
      throw brokenOff(error)
    } finally {
      await target.close()
    }
  } finally {
    await folder.close()
  }
}

async function moveBetween(folder: Folder, target: Target, tell: Moving['tell']): Promise<Moved> {
  const origin = await target.origin()
  if (origin !== null && origin.id !== folder.id) throw new Error(ANOTHER)
  const streamIds = (await folder.documents('streams')).map(({ id }) => id).sort()
  const way = { here: folder.archive, there: target.archive }
  if (origin?.finished === true) return check(folder, target, await digestsOf(folder.archive, streamIds), CHANGED_SINCE)
  if (origin === null) await target.begin(folder.id)
  for (const { file, table } of TABLES) await target.replace(table, await folder.documents(file))
  tell('Accounts, channels and all other records are over. Transcripts follow.')
  let nth = 0
  const digests = await moveTranscripts(way, streamIds, ({ count }, already) => {
    nth += 1
    tell(`Transcript ${nth} of ${streamIds.length}: ${count} events${already ? ', there already' : ''}.`)
  })
  tell('Transcripts are over, too. Count and sum of everything are compared now.')
  const moved = await check(folder, target, digests, DIFFERS)
  await target.finish(folder.id)
  return { ...moved, already: false }
}

const ANOTHER = 'The database holds another installation. Nothing was changed.'
const CHANGED_SINCE =
  'It was moved already, and the database has been used since. Nothing was changed. Start CrossChat with DATABASE_URL.'
const DIFFERS = 'It is not the same there as here. Run crosschat move again.'

/** A database that went away, or a disk, says what to do. */
function brokenOff(error: unknown): unknown {
  const failed = error instanceof StorageError || (error instanceof CrossChatError && error.code === 'storage_failed')
  if (!failed) return error
  const why = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return new Error(`${error.message}${why}\n${GOES_ON}`, { cause: error })
}
const GOES_ON =
  'The move has broken off. The folder is as it was. Run crosschat move again when the database answers: it goes on.'

/** Table by table, transcript by transcript. Throws with `otherwise` and what differs. */
async function check(folder: Folder, target: Target, digests: Digests, otherwise: string): Promise<Moved> {
  const moved = { tables: TABLES.length, records: 0, transcripts: digests.size, events: 0, already: true }
  for (const { file, table } of TABLES) {
    const [here, there] = [digestOf(await folder.documents(file)), digestOf(await target.documents(table))]
    requireSame(`The table ${table}`, here, there, otherwise)
    moved.records += here.count
  }
  await eachOf([...digests], async ([streamId, here]) => {
    const there = await digestOfTranscript(target.archive, streamId)
    requireSame(`The transcript of the stream ${streamId}`, here, there, otherwise)
    moved.events += here.count
  })
  return moved
}
type Digests = ReadonlyMap<string, Digest>

async function digestsOf(archive: Archive, streamIds: readonly string[]): Promise<Digests> {
  const digests = new Map<string, Digest>()
  await eachOf(streamIds, async (streamId) => {
    digests.set(streamId, await digestOfTranscript(archive, streamId))
  })
  return digests
}

function requireSame(what: string, here: Digest, there: Digest, otherwise: string): void {
  if (same(here, there)) return
  const counts = here.count === there.count ? 'differs in what it holds' : `has ${there.count} of ${here.count} records`
  throw new Error(`${what} ${counts} there. ${otherwise}`)
}
