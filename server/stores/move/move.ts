import type { Note } from '../../../workers/keeping/storage-error.ts'
import { openTarget, type Target } from './database.ts'
import { type Digest, digestOf, digestOfTranscript, same } from './digest.ts'
import { type Folder, openFolder } from './folder.ts'
import { TABLES } from './tables.ts'

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
    try {
      return await moveBetween(folder, target, tell)
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
  if (origin?.finished === true) return check(folder, target, CHANGED_SINCE)
  if (origin === null) await target.begin(folder.id)
  for (const { file, table } of TABLES) await target.replace(table, await folder.documents(file))
  tell('Accounts, channels and all other records are over. Transcripts follow.')
  await moveTranscripts(folder, target, tell)
  const moved = await check(folder, target, DIFFERS)
  await target.finish(folder.id)
  return { ...moved, already: false }
}

const ANOTHER = 'The database holds another installation. Nothing was changed.'
const CHANGED_SINCE =
  'It was moved already, and the database has been used since. Nothing was changed. Start CrossChat with DATABASE_URL.'
const DIFFERS = 'It is not the same there as here. Run crosschat move again.'

async function moveTranscripts(folder: Folder, target: Target, tell: Moving['tell']): Promise<void> {
  const streams = await streamsOf(folder)
  for (const [nth, streamId] of streams.entries()) {
    const [here, there] = await digests(folder, target, streamId)
    if (!same(here, there)) {
      await target.archive.remove(streamId)
      await copy(folder, target, streamId)
    }
    tell(
      `Transcript ${nth + 1} of ${streams.length}: ${here.count} events${same(here, there) ? ', there already' : ''}.`,
    )
  }
}

async function copy(folder: Folder, target: Target, streamId: string): Promise<void> {
  for (let nth = 0; ; nth++) {
    const records = await folder.archive.records(streamId, nth)
    if (records.length === 0) break
    await target.archive.put(streamId, records)
  }
  await target.archive.end(streamId)
}

/** Table by table, transcript by transcript. Throws with `otherwise` and what differs. */
async function check(folder: Folder, target: Target, otherwise: string): Promise<Moved> {
  const moved = { tables: TABLES.length, records: 0, transcripts: 0, events: 0, already: true }
  for (const { file, table } of TABLES) {
    const [here, there] = [digestOf(await folder.documents(file)), digestOf(await target.documents(table))]
    requireSame(`The table ${table}`, here, there, otherwise)
    moved.records += here.count
  }
  for (const streamId of await streamsOf(folder)) {
    const [here, there] = await digests(folder, target, streamId)
    requireSame(`The transcript of the stream ${streamId}`, here, there, otherwise)
    moved.transcripts += 1
    moved.events += here.count
  }
  return moved
}

function requireSame(what: string, here: Digest, there: Digest, otherwise: string): void {
  if (same(here, there)) return
  const counts = here.count === there.count ? 'differs in what it holds' : `has ${there.count} of ${here.count} records`
  throw new Error(`${what} ${counts} there. ${otherwise}`)
}

function digests({ archive }: Folder, target: Target, streamId: string): Promise<[Digest, Digest]> {
  return Promise.all([digestOfTranscript(archive, streamId), digestOfTranscript(target.archive, streamId)])
}

async function streamsOf(folder: Folder): Promise<string[]> {
  return (await folder.documents('streams')).map(({ id }) => id).sort()
}
