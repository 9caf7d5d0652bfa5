import { closeSync, createReadStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Pack, pack } from 'tar-stream'
import { FILE_MODE } from '../../../workers/keeping/files.ts'
import { CrossChatError } from '../../errors.ts'
import { filesBelow, streamsIn } from './below.ts'
import { DATA_PREFIX, FORMAT, HEAD_ENTRY, MANIFEST_ENTRY, MAX_FILE_BYTES, MAX_FILES } from './layout.ts'
import type { Head, Listed } from './manifest.ts'
import { closeAll, type Opened, openAtOneMoment, openFile } from './moment.ts'
import { Sum } from './sum.ts'
import { wholeBytes } from './whole-lines.ts'

export interface BackupOrder {
  folder: string
  crosschat: string
  secret: Head['secret']
  /** Throws when a file of this size must not be written any more. */
  room(bytes: number): Promise<void>
}

export interface Written {
  at: string
  files: number
  /** Of the files as they lie in the data folder. */
  bytes: number
}

/**
 * Writes a backup of a data folder, whether a process writes there or not. The stores are of one moment; each transcript is of that moment
 * or a little later, up to its last whole line. One file's piece at a time is in memory.
 */
export async function writeBackup(order: BackupOrder, to: Writable): Promise<Written> {
  const tar = pack()
  const stop = new AbortController()
  // One failure ends the other part too; the first reason is the one to tell.
  const fail = (error: unknown): never => {
    stop.abort(error)
    tar.destroy()
    throw stop.signal.reason
  }
  const filled = fill(new Entries(tar, order, stop.signal), order).catch(fail)
  const written = pipeline(tar, createGzip(), to).catch(fail)
  const [done] = await Promise.all([filled, written])
  return done
}

async function fill(entries: Entries, { folder, crosschat, secret }: BackupOrder): Promise<Written> {
  // Before the moment, so that every stream whose transcript is taken stands in the stores that are taken.
  const streams = await streamsIn(folder)
  const stores = await openAtOneMoment(folder)
  const head: Head = { format: FORMAT, crosschat, at: new Date().toISOString(), secret }
  try {
    if (stores.length === 0) throw new CrossChatError('not_found', { message: `${folder} holds nothing of CrossChat.` })
    await entries.text(HEAD_ENTRY, JSON.stringify(head, null, 2))
    for (let file = stores.shift(); file !== undefined; file = stores.shift()) await entries.file(file)
  } finally {
    closeAll(stores)
  }
  for await (const name of filesBelow(folder, streams)) {
    const file = openFile(folder, name)
    if (file !== null) await entries.file(file)
  }
  await entries.text(MANIFEST_ENTRY, JSON.stringify({ files: entries.listed }, null, 1))
  entries.end()
  return { at: head.at, files: entries.listed.length, bytes: entries.listed.reduce((sum, { size }) => sum + size, 0) }
}

/** The entries of one backup, one after the other. */
class Entries {
  readonly listed: Listed[] = []
  readonly #tar: Pack
  readonly #order: BackupOrder
  readonly #signal: AbortSignal

  constructor(tar: Pack, order: BackupOrder, signal: AbortSignal) {
    this.#tar = tar
    this.#order = order
    this.#signal = signal
  }

  text(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(`${text}\n`)
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve())
      this.#tar.entry({ name, size: bytes.length, mode: FILE_MODE, type: 'file' }, bytes, done)
    })
  }

  /** The file is closed when it resolves or rejects. */
  async file(file: Opened): Promise<void> {
    const size = wholeBytes(file)
    const source = bytesOf(file, size)
    try {
      this.#requireBounds(file.name, size)
      await this.#order.room(size)
      await this.#copy(file.name, size, source)
    } finally {
      source.destroy()
    }
  }

  end(): void {
    this.#tar.finalize()
  }

  async #copy(name: string, size: number, source: Readable): Promise<void> {
    const sum = new Sum()
    const entry = this.#tar.entry({ name: `${DATA_PREFIX}${name}`, size, mode: FILE_MODE, type: 'file' })
    await pipeline(source, sum, entry, { signal: this.#signal })
    if (sum.bytes !== size)
      throw new CrossChatError('busy', { message: `${name} was cut while it was read. Try again.` })
    this.listed.push({ name, size, sha256: sum.digest() })
  }

  #requireBounds(name: string, size: number): void {
    if (size > MAX_FILE_BYTES)
      throw new CrossChatError('too_large', {
        message: `${name} has ${size} bytes; a backup takes files of up to ${MAX_FILE_BYTES}.`,
      })
    if (this.listed.length >= MAX_FILES)
      throw new CrossChatError('too_large', { message: `The data folder has more than ${MAX_FILES} files.` })
  }
}

/** Closes the file when it ends or is destroyed. */
function bytesOf({ descriptor }: Opened, size: number): Readable {
  if (size > 0) return createReadStream('', { fd: descriptor, start: 0, end: size - 1 })
  closeSync(descriptor)
  return Readable.from([])
}
