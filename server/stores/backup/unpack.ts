import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Extract, extract } from 'tar-stream'
import { FILE_MODE, makeFolder, syncFolder } from '../../../workers/keeping/files.ts'
import { CrossChatError } from '../../errors.ts'
import { diskFailure } from './disk-failure.ts'
import {
  DATA_PREFIX,
  HEAD_ENTRY,
  isKept,
  MANIFEST_ENTRY,
  MAX_FILE_BYTES,
  MAX_FILES,
  MAX_HEAD_BYTES,
  MAX_MANIFEST_BYTES,
} from './layout.ts'
import { compare, damaged, type Head, type Listed, type Manifest, readHead, readManifest } from './manifest.ts'
import { Sum } from './sum.ts'

export interface Unpacked {
  head: Head
  files: number
  bytes: number
}

type Entry = Extract extends AsyncIterable<infer Source> ? Source : never
/** Throws when a file of this size must not be written any more. */
type Room = (bytes: number) => Promise<void>

/**
 * Unpacks a backup into a folder that is fresh, and checks all of it. Whatever it holds is foreign: only plain files whose names a backup
 * of ours has are written, and nothing counts until the manifest at its end has been compared. Everything is on the disk when it resolves.
 */
export async function unpack(from: Readable, folder: string, room: Room): Promise<Unpacked> {
  const tar = extract()
  const arrival = new Arrival(folder, room)
  const read = pipeline(from, createGunzip(), tar)
  const taken = takeAll(tar, arrival)
  const [first, second] = await Promise.allSettled([taken, read])
  if (first.status === 'rejected') throw known(first.reason)
  if (second.status === 'rejected') throw known(second.reason)
  await syncFolders(folder)
  return arrival.checked()
}

async function takeAll(tar: AsyncIterable<Entry>, arrival: Arrival): Promise<void> {
  for await (const entry of tar) await arrival.take(entry)
}

/** What was found so far. */
class Arrival {
  readonly #folder: string
  readonly #room: Room
  readonly #found = new Map<string, Listed>()
  #head: Head | null = null
  #manifest: Manifest | null = null

  constructor(folder: string, room: Room) {
    this.#folder = folder
    this.#room = room
  }

  async take(entry: Entry): Promise<void> {
    const { name, type, size } = entry.header
    if (type !== 'file') throw damaged(`${JSON.stringify(name)} in it is no plain file`)
    if (this.#manifest !== null) throw damaged('something follows its manifest')
    if (this.#head === null) this.#head = await this.#first(entry, name, size)
    else if (name === MANIFEST_ENTRY) this.#manifest = readManifest(await text(entry, size, MAX_MANIFEST_BYTES))
    else await this.#file(entry, name, size)
  }

  /** Throws unless it was whole and as its manifest says. */
  checked(): Unpacked {
    if (this.#head === null || this.#manifest === null) throw damaged('it has no end')
    compare(this.#found, this.#manifest)
    const bytes = this.#manifest.files.reduce((sum, { size }) => sum + size, 0)
    return { head: this.#head, files: this.#found.size, bytes }
  }

  async #first(entry: Entry, name: string, size: number): Promise<Head> {
    if (name !== HEAD_ENTRY) throw damaged('it does not begin as a backup of CrossChat does')
    return readHead(await text(entry, size, MAX_HEAD_BYTES))
  }

  async #file(entry: Entry, entryName: string, size: number): Promise<void> {
    const name = this.#nameOf(entryName)
    if (size > MAX_FILE_BYTES) throw damaged(`${JSON.stringify(name)} in it is larger than ${MAX_FILE_BYTES} bytes`)
    if (this.#found.size >= MAX_FILES) throw damaged(`it has more than ${MAX_FILES} files`)
    await this.#room(size)
    const path = join(this.#folder, name)
    await makeFolder(dirname(path))
    const sum = new Sum()
    await pipeline(entry, sum, createWriteStream(path, { flags: 'wx', mode: FILE_MODE, flush: true }))
    this.#found.set(name, { name, size: sum.bytes, sha256: sum.digest() })
  }

  #nameOf(entryName: string): string {
    const name = entryName.startsWith(DATA_PREFIX) ? entryName.slice(DATA_PREFIX.length) : ''
    if (!isKept(name)) throw damaged(`${JSON.stringify(entryName)} in it is no file of CrossChat`)
    if (this.#found.has(name)) throw damaged(`${JSON.stringify(name)} stands in it twice`)
    return name
  }
}

async function text(entry: Entry, size: number, most: number): Promise<Buffer> {
  if (size > most) throw damaged(`${entry.header.name} in it is larger than ${most} bytes`)
  return buffer(entry)
}

/** What the stream says of bytes that are no gzip, no tar, or end too early, is about the backup; what the disk says is not. */
function known(error: unknown): unknown {
  const told = diskFailure(error, 'Nothing was changed.')
  return told instanceof CrossChatError ? told : damaged('it is damaged, cut short, or no backup', error)
}

async function syncFolders(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) if (entry.isDirectory()) await syncFolder(join(entry.parentPath, entry.name))
  await syncFolder(folder)
}
