import type { Database, Runner } from '../../../workers/keeping/database.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import { MIGRATIONS, type Migration } from './migration.ts'

/** One of many that start at once does the steps; the others wait for it. Any number, as long as nobody else in the database uses it. */
const LOCK = 7_306_241_001

/**
 * Brings the database into the newest form, each step in a transaction of its own: a kill leaves one step done or not. Refuses, with a
 * sentence, a form that is newer than what this version knows.
 */
export async function migrate(
  database: Database,
  note: Note,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const newest = migrations.at(-1)?.to ?? 0
  for (let done = false; !done; ) {
    done = await database.transaction(async (runner) => {
      const form = await formOf(runner)
      if (form > newest) throw new Error(newer(form, newest))
      const step = migrations.find(({ to }) => to === form + 1)
      if (step === undefined) return true
      await runner.rows({ text: step.sql })
      await runner.rows({ text: 'UPDATE crosschat.form SET form = $1', values: [step.to] })
      note('info', 'the database was brought into a new form', { form: step.to, does: step.does })
      return false
    })
  }
}

const MADE = `SELECT to_regclass('crosschat.form') IS NOT NULL AS made`

/** Holds the lock until the transaction ends. */
async function formOf(runner: Runner): Promise<number> {
  await runner.rows({ text: 'SELECT pg_advisory_xact_lock($1)', values: [LOCK] })
  // Looked at first: who may only use what stands may not ask for it to be made.
  const [{ made } = { made: false }] = await runner.rows<{ made: boolean }>({ text: MADE })
  if (!made) {
    await runner.rows({ text: 'CREATE SCHEMA IF NOT EXISTS crosschat' })
    await runner.rows({ text: 'CREATE TABLE crosschat.form (form int NOT NULL)' })
  }
  const [row] = await runner.rows<{ form: number }>({ text: 'SELECT form FROM crosschat.form' })
  if (row !== undefined) return row.form
  await runner.rows({ text: 'INSERT INTO crosschat.form VALUES (0)' })
  return 0
}

function newer(form: number, known: number): string {
  return `The database has the form ${form}, and this CrossChat knows up to ${known}. Start the version that it was last used with, or a newer one. Nothing was changed.`
}
