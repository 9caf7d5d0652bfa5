/** What a backup is: `crosschat-backup.json` first, then the files of the data folder below `data/`, `manifest.json` last. */
export const HEAD_ENTRY = 'crosschat-backup.json'
export const DATA_PREFIX = 'data/'
export const MANIFEST_ENTRY = 'manifest.json'

/** The form described here; a backup with a higher number is refused. */
export const FORMAT = 1
/** Files of one backup. */
export const MAX_FILES = 500_000
/** Bytes of one file. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024
export const MAX_HEAD_BYTES = 4 * 1024
export const MAX_MANIFEST_BYTES = 128 * 1024 * 1024

/**
 * Sessions stay out: whoever was signed out after the backup must not be signed in by it. The lock, what can be fetched again and files
 * that are being rewritten are no part of it either.
 */
const SESSIONS = /^sessions\.db/
const ROOT_FILE = /^(?:secret|schema|heartbeat|[a-z][a-z-]{0,63}\.db(?:\.aside(?:\.old)?)?)$/
const ARCHIVE_FILE = /^(?:index|\d{4,9}(?:\.marks)?)\.db(?:\.aside(?:\.old)?)?$/
const BELOW: Readonly<Record<string, RegExp>> = {
  marks: /^[\w-]{1,64}$/,
  quarantine: /^[\w-]{1,128}\.json$/,
}
const STREAM = /^[\w-]{1,64}$/

export const FLAT_FOLDERS = Object.keys(BELOW)
export const ARCHIVE_FOLDER = 'archive'

/** Whether a file of the data folder belongs into a backup, by its path with `/`. No such path can lead out of the folder. */
export function isKept(path: string): boolean {
  const [first = '', second, third, ...more] = path.split('/')
  if (more.length > 0) return false
  if (second === undefined) return ROOT_FILE.test(first) && !SESSIONS.test(first)
  if (third === undefined) return Object.hasOwn(BELOW, first) && BELOW[first]?.test(second) === true
  return first === ARCHIVE_FOLDER && STREAM.test(second) && ARCHIVE_FILE.test(third)
}

/** Whether lines are appended to the file while CrossChat runs, so that its last one may be half written. */
export function isAppended(path: string): boolean {
  return path.endsWith('.db')
}
