import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../scripts/child.ts'

/** One row of a table of dangers: which test shows that it holds. */
export interface TableRow {
  row: string
  what: string
  /** `path › name`, as the test says it; null where nothing stands. */
  test: string | null
  /** Why nothing stands, or what the test does not show. */
  why?: string
}

const BETWEEN = ' › '

/** Everything that is wrong with a table which must have exactly these rows, as sentences. */
export function wrongWith(rows: readonly TableRow[], ids: readonly string[]): string[] {
  const found = rows.map(({ row }) => row)
  const missing = ids.filter((id) => found.filter((each) => each === id).length !== 1)
  const strange = found.filter((id) => !ids.includes(id))
  return [
    ...missing.map((id) => `${id} does not stand there once`),
    ...strange.map((id) => `${id} is no row`),
    ...rows.flatMap(wrongWithTest),
  ]
}

/** `F1` to `F30`. */
export function numbered(letter: string, last: number): string[] {
  return Array.from({ length: last }, (_, nth) => `${letter}${nth + 1}`)
}

/** The file of a row's test. */
export function fileOf({ test }: TableRow): string | null {
  return test?.split(BETWEEN)[0] ?? null
}

function wrongWithTest({ row, test, why = '' }: TableRow): string[] {
  if (test === null) return why === '' ? [`${row} has no test and does not say why`] : []
  const [file = '', name = ''] = test.split(BETWEEN)
  const path = join(ROOT, file)
  if (!existsSync(path)) return [`${row}: there is no ${file}`]
  return isNamed(readFileSync(path, 'utf8'), name) ? [] : [`${row}: ${file} has no test "${name}"`]
}

function isNamed(source: string, name: string): boolean {
  return name !== '' && ["'", '"', '`'].some((quote) => source.includes(`(${quote}${name}${quote}`))
}
