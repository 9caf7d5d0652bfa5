import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../scripts/child.ts'

/** One row of a table of dangers: what happens, and the test that shows what comes of it. */
export interface Row {
  /** Its name in the table; names are never given anew. */
  row: string
  /** What happens, or what somebody tries. */
  what: string
  /** `path of the file › name of the test` as it stands there; null = no test shows it. */
  test: string | readonly string[] | null
  /** What the tests do not show, and why. */
  why?: string
}

/** The tests that a row names, each with its file. */
export function testsOf({ test }: Row): { file: string; name: string }[] {
  const named = test === null ? [] : [test].flat()
  return named.map((each) => {
    const at = each.indexOf(' › ')
    return { file: each.slice(0, at), name: each.slice(at + 3) }
  })
}

/** Everything that is wrong with a table which must have the rows 1 to `last` of a letter, in order, as sentences. */
export function wrongWith(rows: readonly Row[], letter: string, last: number): string[] {
  const due = Array.from({ length: last }, (_, nth) => `${letter}${nth + 1}`)
  const found = rows.map(({ row }) => row)
  const order = due.join() === found.join() ? [] : [`the rows are not ${letter}1 to ${letter}${last} in order`]
  return [...order, ...rows.flatMap(wrongWithTests)]
}

function wrongWithTests(row: Row): string[] {
  const named = testsOf(row)
  if (named.length === 0) return (row.why ?? '') === '' ? [`${row.row} has no test and does not say why`] : []
  return named.filter((each) => !stands(each)).map(({ file, name }) => `${row.row}: ${file} › ${name} does not stand`)
}

function stands({ file, name }: { file: string; name: string }): boolean {
  const path = join(ROOT, file)
  if (name === '' || !existsSync(path)) return false
  const text = readFileSync(path, 'utf8').replaceAll(/\(\s+/g, '(')
  return [`('${name}'`, `("${name}"`, `(\`${name}\``].some((each) => text.includes(each))
}
