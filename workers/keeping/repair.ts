import { appendFile, open, readFile, rename, rm, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exists, FILE_MODE, sizeOf, syncFile, syncFolder } from './files.ts'
import { type Document, endsWell, isTerminated, type Parsed, type Piece, parse, pieces, replay } from './lines.ts'
import type { Note } from './storage-error.ts'

/** What the note of a repair says. */
export const REPAIRED = 'a data file was damaged and has been repaired; what was cut out stands beside it'
/** Bytes of damaged lines kept beside a datafile, in `x.db.aside`; when full, it becomes `x.db.aside.old`. */
export const ASIDE_BYTES = 16 * 1024 * 1024

export interface Rules<D extends Document> {
  path: string
  /** Fields that no two documents may share. */
  unique?: readonly string[]
  /** Looks deeper than JSON: false for a document whose content is damaged. */
  sound?: (document: D) => boolean
  /** Makes what stands in the place of a damaged line; `after` = the sound document before it. */
  instead?: (after: D | null, nth: number) => D
  note: Note
}

/** One line of the file: sound, or damaged (`parsed` is null). */
interface Line<D extends Document> {
  piece: Piece
  parsed: Parsed<D> | null
}

/**
 * Makes a datafile whole before NeDB sees it: NeDB refuses a file with many damaged lines, drops few without a word, and
 * glues the next line to a torn one. Damaged bytes are on the disk in `x.db.aside` before the file is touched; a file
 * that needs nothing is not touched.
 */
export async function repair<D extends Document>(rules: Rules<D>): Promise<void> {
  await takeInterruptedRewrite(rules.path)
  if (!(await exists(rules.path))) return
  const bytes = await readFile(rules.path)
  const lines = linesOf(bytes, rules)
  if (lines.every(({ piece, parsed }) => parsed?.exact === true && endsWell(bytes, piece))) return
  const damaged = lines.filter((line) => line.parsed === null)
  await setAside(rules.path, bytes, damaged)
  const torn = tornTail(bytes, lines)
  if (torn !== null && damaged.length === 1) await cut(rules.path, torn)
  else await rewrite(rules.path, remaining(lines, torn, rules))
  rules.note('warn', REPAIRED, {
    file: rules.path,
    lines: damaged.length,
  })
}

/** The documents of a file as it is on the disk, at most its first `until` bytes; changes nothing. */
export async function readDocuments<D extends Document>(rules: Rules<D>, until: number): Promise<D[]> {
  if (!(await exists(rules.path))) return []
  const bytes = (await readFile(rules.path)).subarray(0, until)
  const sound = linesOf(bytes, rules).flatMap((line) => (line.parsed === null ? [] : [line.parsed]))
  return [...replay(sound).values()]
}

/** NeDB writes `x.db~` and renames it: alone, it is the whole file; beside `x.db`, it may be half of one. */
async function takeInterruptedRewrite(path: string): Promise<void> {
  await rm(`${path}.repair`, { force: true })
  if (!(await exists(path)) && (await exists(`${path}~`))) await rename(`${path}~`, path)
}

function linesOf<D extends Document>(bytes: Buffer, rules: Rules<D>): Line<D>[] {
  const lines = pieces(bytes).map((piece) => ({ piece, parsed: soundly(parse<D>(bytes, piece), rules) }))
  for (const field of rules.unique ?? []) dropDoubles(lines, field)
  return lines
}

function soundly<D extends Document>(parsed: Parsed<D> | null, rules: Rules<D>): Parsed<D> | null {
  if (parsed?.kind !== 'document' || rules.sound === undefined) return parsed
  return rules.sound(parsed.document) ? parsed : null
}

/** A flipped byte can make two documents share a unique value; the one that came later counts as damaged. */
function dropDoubles<D extends Document>(lines: Line<D>[], field: string): void {
  const standing = replay(lines.flatMap((line) => (line.parsed === null ? [] : [line.parsed])))
  const owners = new Map<unknown, string>()
  for (const line of lines) {
    if (line.parsed?.kind !== 'document' || standing.get(line.parsed.document._id) !== line.parsed.document) continue
    const value: unknown = Reflect.get(line.parsed.document, field)
    if (value === undefined) continue
    if (owners.has(value)) line.parsed = null
    else owners.set(value, line.parsed.document._id)
  }
}

/** Where a torn last line begins: one that was being written when the power or the process went, so nobody was told it is kept. */
function tornTail<D extends Document>(bytes: Buffer, lines: Line<D>[]): number | null {
  const last = lines.at(-1)
  return isTerminated(bytes) || last === undefined || last.parsed !== null ? null : last.piece.start
}

function remaining<D extends Document>(lines: Line<D>[], torn: number | null, rules: Rules<D>): string {
  let text = ''
  let after: D | null = null
  let nth = 0
  for (const { piece, parsed } of lines) {
    if (parsed?.kind === 'document') after = parsed.document
    if (parsed !== null) text += `${parsed.text}\n`
    else if (rules.instead !== undefined && piece.start !== torn) {
      text += `${JSON.stringify(rules.instead(after, nth++))}\n`
    }
  }
  return text
}

async function setAside<D extends Document>(path: string, bytes: Buffer, damaged: Line<D>[]): Promise<void> {
  if (damaged.length === 0) return
  const aside = `${path}.aside`
  if ((await sizeOf(aside)) > ASIDE_BYTES) await rename(aside, `${aside}.old`)
  const newline = Buffer.from('\n')
  const copies = damaged.flatMap(({ piece }) => [bytes.subarray(piece.start, piece.end), newline])
  await appendFile(aside, Buffer.concat(copies), { mode: FILE_MODE })
  await syncFile(aside)
}

async function cut(path: string, length: number): Promise<void> {
  await truncate(path, length)
  await syncFile(path)
}

async function rewrite(path: string, text: string): Promise<void> {
  const file = await open(`${path}.repair`, 'w', FILE_MODE)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.repair`, path)
  await syncFolder(dirname(path))
}
