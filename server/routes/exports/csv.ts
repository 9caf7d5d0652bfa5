import type { Archived, Gap } from '../../stores/archive.ts'
import { type Format, lineOf } from './format.ts'

const COLUMNS = [
  'seq',
  'id',
  'time',
  'platform',
  'kind',
  'author',
  'author_id',
  'text',
  'money',
  'simulated',
  'hidden',
  'removed',
] as const
type Column = (typeof COLUMNS)[number]

/** A spreadsheet takes a cell that begins with one of these for a formula. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/

/** RFC 4180, every cell quoted; no cell can become a formula. */
export const csv: Format = {
  type: 'text/csv; charset=utf-8',
  ending: 'csv',
  open: () => ({
    head: () => line([...COLUMNS]),
    row: (entry) => {
      const cells = cellsOf(entry)
      return line(COLUMNS.map((column) => cells[column] ?? ''))
    },
    tail: () => '',
  }),
}

function cellsOf(entry: Archived): Partial<Record<Column, string>> {
  const { kind } = entry
  const time = new Date(entry.at).toISOString()
  if (entry.kind === 'gap') return { kind, time, platform: entry.platform ?? '', text: missing(entry) }
  const spoken = entry.kind === 'message' || entry.kind === 'notice' ? entry : null
  // Named one by one: V8 makes a new hidden class for each object that is spread and then
  // grows; these live until a full collection.
  return {
    kind,
    time,
    seq: String(entry.seq),
    id: entry.id,
    platform: entry.platform,
    author: spoken?.author?.name ?? '',
    author_id: spoken?.author?.id ?? '',
    text: textOf(entry),
    money: spoken?.money?.display ?? '',
    simulated: entry.simulated === true ? 'yes' : '',
    hidden: entry.hidden ?? '',
    removed: entry.removed === undefined ? '' : entry.removed.by,
  }
}

/** A notice with what its author said of it. */
function textOf(entry: Exclude<Archived, Gap>): string {
  if (entry.kind === 'message') return entry.text
  return entry.kind === 'notice' ? (lineOf(entry)?.text ?? '') : ''
}

function missing({ count, reason }: Gap): string {
  return count === 0 ? reason : `${count} messages could not be kept: ${reason}`
}

function line(cells: string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
