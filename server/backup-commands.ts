import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { loadConfig } from './config.ts'
import { dumpWords, restoreWords } from './dump-words.ts'
import { saveBackup, streamBackup } from './stores/backup/backup.ts'
import { noteBackup } from './stores/backup/last.ts'
import { type Restored, restoreBackup } from './stores/backup/restore.ts'
import type { Written } from './stores/backup/write.ts'
import { VERSION } from './version.ts'

/** Standard output or input in the place of a file. */
const STANDARD = '-'
const KIB = 1024

/** What goes to people goes to standard error: standard output may be the backup. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

export async function backup(file: string): Promise<number> {
  const { dataDir, secrets, databaseUrl } = loadConfig()
  const given = secrets.length > 0
  if (databaseUrl !== null) throw new Error(dumpWords(file, { dataDir, secretGiven: given }))
  const saving = { dataDir, crosschat: VERSION, secret: given ? ('environment' as const) : ('inside' as const) }
  const written =
    file === STANDARD ? await streamBackup(saving, process.stdout) : await saveBackup(saving, resolve(file))
  await note(dataDir, written)
  const where = file === STANDARD ? 'standard output' : resolve(file)
  tell(
    `${written.files} files (${sizeText(written.bytes)}) of ${resolve(dataDir)}, as of ${written.at}, are in ${where}.`,
  )
  tell(
    given
      ? 'It holds chats and password hashes: keep it as safe as the folder itself. CROSSCHAT_SECRET is not in it: keep that too, elsewhere.'
      : 'It holds chats, password hashes and the secret of this instance: whoever has it can be anybody here. Keep it as safe as the folder itself.',
  )
  return 0
}

/** So that the panel can say when the last one was made. A backup is good without it. */
async function note(dataDir: string, { at, bytes }: Written): Promise<void> {
  try {
    await noteBackup(resolve(dataDir), { at: Date.parse(at), bytes })
  } catch (error) {
    tell(`The panel will not know of this backup: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export async function restore(file: string, replace: boolean): Promise<number> {
  const { dataDir, secrets, databaseUrl } = loadConfig()
  if (databaseUrl !== null) throw new Error(restoreWords(file, { dataDir, secretGiven: secrets.length > 0 }))
  if (file !== STANDARD) await requireFile(file)
  const open = (): Readable => (file === STANDARD ? process.stdin : createReadStream(file))
  const restored = await restoreBackup({ dataDir, replace }, open)
  for (const line of report(restored, resolve(dataDir), secrets.length > 0)) tell(line)
  return 0
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile() !== true) throw new Error(`There is no file ${resolve(file)}. Nothing was changed.`)
}

function report({ head, files, bytes, aside }: Restored, folder: string, secretGiven: boolean): string[] {
  return [
    `${files} files (${sizeText(bytes)}) are restored into ${folder}, as of ${head.at}, made by CrossChat ${head.crosschat}.`,
    ...(aside === null ? [] : [`What stood there is in ${aside}; delete it when you no longer need it.`]),
    'Everybody signs in again. Start CrossChat when you are ready.',
    ...secretNote(head.secret, secretGiven),
  ]
}

/** Overlays, deliveries and sealed API keys go on only with the secret that they were made with. */
function secretNote(was: 'inside' | 'environment', given: boolean): string[] {
  if (was === 'environment' && !given)
    return [
      'The backup was made with CROSSCHAT_SECRET set: set it to the same before you start, else every overlay needs a new address.',
    ]
  if (was === 'inside' && given)
    return [
      'CROSSCHAT_SECRET is set here and goes before the secret of the backup: take it out before you start, else every overlay needs a new address.',
    ]
  return []
}

function sizeText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = bytes < KIB ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(KIB)))
  return `${(bytes / KIB ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
