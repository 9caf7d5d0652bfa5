import { resolve } from 'node:path'

/** How what stands in PostgreSQL is saved and brought back: by its own programs, in words that a shell takes as they are. */

/** Standard output or input in the place of a file. */
const STANDARD = '-'
const IN_DATABASE = 'DATABASE_URL is set: what has to be in a backup stands in the database.'

export interface Kept {
  dataDir: string
  /** CROSSCHAT_SECRET is set. */
  secretGiven: boolean
}

export function dumpWords(file: string, kept: Kept): string {
  const to = file === STANDARD ? '' : ` --file=${quoted(resolve(file))}`
  return [
    `${IN_DATABASE} Nothing was written. Make one with`,
    `  pg_dump --format=custom --schema=crosschat${to} "$DATABASE_URL"`,
    `${secretOf(kept)} is not in it: keep that too.`,
  ].join('\n')
}

export function restoreWords(file: string, kept: Kept): string {
  const from = file === STANDARD ? '' : ` ${quoted(resolve(file))}`
  return [
    `${IN_DATABASE} Nothing was changed. Stop every server, and bring one back into an empty database with`,
    `  pg_restore --single-transaction --no-owner --dbname="$DATABASE_URL"${from}`,
    `It changes nothing where a schema crosschat stands already. ${secretOf(kept)} must be the one of then.`,
  ].join('\n')
}

function secretOf({ dataDir, secretGiven }: Kept): string {
  return secretGiven ? 'CROSSCHAT_SECRET' : `The file ${resolve(dataDir, 'secret')}`
}

/** As one word for a shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
