import { rm } from 'node:fs/promises'
import { Datafile } from '../keeping/datafile.ts'
import { readDocuments } from '../keeping/repair.ts'
import type { Space } from '../keeping/space.ts'
import type { Note } from '../keeping/storage-error.ts'
import { type ArchiveRecord, isSound, seal } from './record.ts'
import type { Mark } from './removals.ts'

/** Keeps the removals of a closed segment beside it, so that another segment's page need not read this one whole. */
export async function writeMarks(path: string, marks: Mark[], space: Space, note: Note): Promise<void> {
  await rm(path, { force: true })
  if (marks.length === 0) return
  const file = await Datafile.open<ArchiveRecord>({ path, space, note, sound: isSound })
  await file.write((engine) => engine.insertMany(marks.map(sealed)))
  await file.close()
}

/** Null unless exactly `expected` of them are there and sound. */
export async function readMarks(path: string, expected: number, note: Note): Promise<Mark[] | null> {
  if (expected === 0) return []
  const records = await readDocuments<ArchiveRecord>({ path, note, sound: isSound }, Number.POSITIVE_INFINITY)
  if (records.length !== expected) return null
  const marks: Mark[] = records.map((record) => JSON.parse(record.text))
  return marks.sort((a, b) => a.row - b.row)
}

function sealed(mark: Mark): ArchiveRecord {
  return seal(String(mark.row), JSON.stringify(mark))
}
