import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { MIN_SECRET_BYTES } from '../settings.ts'
import { newId } from './ids.ts'

const MADE_BYTES = 48
const FILE = 'secret'
/** File systems without hard links answer with one of these. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EACCES'])

/** The secrets of this instance, newest first: those of the settings, or the one kept in `DATA_DIR`, made on first start. */
export async function openSecrets(given: readonly string[], dataDir: string): Promise<Uint8Array[]> {
  if (given.length > 0) return given.map((secret) => Buffer.from(secret))
  return [await openSecretFile(dataDir)]
}

/** However many start at once, all get the same secret: the file appears whole, and only once. Mode 0600. */
export async function openSecretFile(dataDir: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const path = join(dataDir, FILE)
  const secret = (await read(path)) ?? (await make(path))
  if (secret.length >= MIN_SECRET_BYTES) return secret
  throw new Error(
    `${path} holds less than ${MIN_SECRET_BYTES} bytes. Restore it from a backup, or delete it to get a new one; then everybody signs in again and overlays need their new addresses.`,
  )
}

async function read(path: string): Promise<Uint8Array | null> {
  try {
    const text = await readFile(path, 'utf8')
    await chmod(path, 0o600)
    return Buffer.from(text.trim())
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function make(path: string): Promise<Uint8Array> {
  const draft = `${path}.${newId()}`
  await writeWhole(draft, randomBytes(MADE_BYTES).toString('base64url'))
  try {
    await publish(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  return (await read(path)) ?? Buffer.alloc(0)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A link fails where the name exists; whoever comes second takes the first one's file. */
async function publish(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST') return
    if (!NO_LINKS.has(code)) throw error
    await rename(draft, path)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
