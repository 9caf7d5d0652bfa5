import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { blankedFor, type Person, speaksOf } from '../erased.ts'
import { FILE_MODE, isMissing, syncFolder } from '../keeping/files.ts'
import { type Piece, parse, pieces } from '../keeping/lines.ts'
import { type ArchiveRecord, contentOf, damagedGap, damagedKey, HEAD_KEY, isSound, seal } from './record.ts'

/** What was taken out of one segment. */
export interface Erased {
  events: number
  /** What the person was called there. */
  names: Set<string>
}

/**
 * Writes a closed segment anew without what is a person's own. Each row keeps its place, so that cursors stay true. The new file takes
 * the old one's name when it is whole and on the disk; a kill before that leaves the old one, and the same call does it again.
 * Null = nothing of theirs stands there.
 */
export async function eraseFrom(path: string, person: Person): Promise<Erased | null> {
  const bytes = await readFile(path)
  if (!mentions(bytes, person)) return null
  const erased: Erased = { events: 0, names: new Set() }
  let before: string | null = null
  const lines = pieces(bytes).map((piece, nth) => {
    const line = lineOf(bytes, piece, { person, erased, before, nth })
    before = line.key ?? before
    return line.text
  })
  const changed = `${lines.join('\n')}\n`
  if (changed === bytes.toString()) return null
  await replace(path, changed)
  return erased
}

/** Takes away what was cut out of damaged files, where the person may stand in it. */
export async function eraseAsides(folder: string, person: Person): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.includes('.aside')) continue
    const path = join(folder, name)
    if (mentions(await readFile(path), person)) await rm(path, { force: true })
  }
}

/** Whether the bytes of a file speak of the person at all. */
export async function fileMentions(path: string, person: Person): Promise<boolean> {
  try {
    return mentions(await readFile(path), person)
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** An event stands in a line as JSON inside of JSON. */
function mentions(bytes: Buffer, person: Person): boolean {
  return speaksOf(bytes.toString(), person, 2)
}

interface At {
  person: Person
  erased: Erased
  /** Key of the sound line before. */
  before: string | null
  nth: number
}

function lineOf(
  bytes: Buffer,
  piece: Piece,
  { person, erased, before, nth }: At,
): { text: string; key: string | null } {
  const parsed = parse<ArchiveRecord>(bytes, piece)
  if (parsed?.kind !== 'document' || !isSound(parsed.document)) {
    const raw = bytes.subarray(piece.start, piece.end)
    // What a fault left of a line is nobody's to read any more.
    if (!mentions(raw, person)) return { text: raw.toString(), key: null }
    return { text: JSON.stringify(seal(damagedKey(before, nth), JSON.stringify(damagedGap(0)))), key: null }
  }
  const { document } = parsed
  if (document._id === HEAD_KEY) return { text: parsed.text, key: document._id }
  const content = contentOf(document)
  const blanked = content.kind === 'gap' ? null : blankedFor(content, person)
  if (blanked === null) return { text: parsed.text, key: document._id }
  if (blanked.own) erased.events += 1
  for (const name of blanked.names) erased.names.add(name)
  return { text: JSON.stringify(seal(document._id, JSON.stringify(blanked.event))), key: document._id }
}

async function replace(path: string, text: string): Promise<void> {
  const file = await open(`${path}.erasing`, 'w', FILE_MODE)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.erasing`, path)
  await syncFolder(dirname(path))
}
