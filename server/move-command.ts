import { resolve } from 'node:path'
import { loadConfig } from './config.ts'
import { createLog } from './log.ts'
import { BadValue } from './setting-values.ts'
import { SETTINGS } from './settings.ts'

/** `crosschat move`. What speaks to PostgreSQL is loaded only here. */

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Null = into the database that DATABASE_URL names. */
export async function moveInto(to: string | null): Promise<number> {
  const { dataDir, databaseUrl } = loadConfig()
  const url = to === null ? databaseUrl : read(to)
  if (url === null) throw new Error('Say where to: crosschat move --to postgres://user:password@host/name')
  const { move } = await import('./stores/move/move.ts')
  const log = createLog('warn')
  const { tables, records, transcripts, events, already } = await move({
    ...{ dataDir, url, tell },
    note: (level, text, fields) => log[level](fields, text),
  })
  tell(
    `${records} records of ${tables} tables and ${events} events of ${transcripts} transcripts are in the database${already ? ' already' : ''}; every count and sum agrees.`,
  )
  tell(`From now on start CrossChat with DATABASE_URL, and with the same DATA_DIR: ${resolve(dataDir)} still holds`)
  tell('the secret that signs cookies and overlay addresses. Its tables and its archive are no longer looked at.')
  return 0
}

function read(to: string): string | null {
  try {
    return SETTINGS.databaseUrl.read(to)
  } catch (error) {
    throw error instanceof BadValue ? new Error(`--to ${error.message}. Nothing was changed.`) : error
  }
}
