import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { REPAIRED } from '../../../workers/keeping/repair.ts'
import { KEEP_FREE, Space } from '../../../workers/keeping/space.ts'
import type { Note } from '../../../workers/keeping/storage-error.ts'
import { REMEMBERED_IDS } from '../archive.ts'
import { ArchiveClient, type Synced } from '../archive-client.ts'
import { settle } from '../backup/settle.ts'
import type { Stores } from '../stores.ts'
import { openAccounts } from './accounts.ts'
import { openChannels } from './channels.ts'
import { openDeeds } from './deeds.ts'
import { openDocks } from './docks.ts'
import { openErasures } from './erasures.ts'
import { openInstance } from './instance.ts'
import { openInvites } from './invites.ts'
import { openKeys } from './keys.ts'
import { lockFolder } from './lock.ts'
import { openLooks } from './looks.ts'
import { openMembers } from './members.ts'
import { migrate, originals } from './migrate.ts'
import { openMoments } from './moments.ts'
import { openOverlays } from './overlays.ts'
import { openPeople } from './people.ts'
import { makePlace, type Place } from './place.ts'
import { openRulesHistory } from './rules-history.ts'
import { openSessions } from './sessions.ts'
import { openSources } from './sources.ts'
import { openStages } from './stages.ts'
import { openStreams } from './streams.ts'
import { openWebhooks } from './webhooks.ts'

export interface EmbeddedOptions {
  dataDir: string
  note: Note
  /** Bytes that stay free on the disk. */
  keepFree?: number
  synced?: Synced
  /** The clock that sessions expire by, ms. */
  now?: () => number
}

/** Everything in NeDB files under one folder, which one process alone may use: a second one is refused with a sentence. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Stores> {
  const folder = resolve(options.dataDir)
  const lock = await lockFolder(folder)
  const opened = new Opened()
  opened.add({ close: () => lock.release() })
  try {
    await settle(folder)
    const keepFree = options.keepFree ?? KEEP_FREE
    const space = new Space(folder, keepFree)
    const kept = await originals(folder)
    const look = lookThrough(options.note)
    await migrate({ folder, space, note: look.note })
    const place = makePlace(folder, space, look.note, options.now ?? Date.now)
    const stores = await openAll(place, keepFree, opened, options.synced)
    look.tell()
    return { ...stores, answers: null, stood: () => removeAll(kept.splice(0), options.note) }
  } catch (error) {
    await opened.close().catch(() => undefined)
    throw error
  }
}

async function openAll(
  place: Place,
  keepFree: number,
  opened: Opened,
  synced?: Synced,
): Promise<Omit<Stores, 'stood' | 'answers'>> {
  const orders = { folder: join(place.folder, 'archive'), remembered: REMEMBERED_IDS, keepFree }
  return {
    accounts: opened.add(await openAccounts(place)),
    channels: opened.add(await openChannels(place)),
    members: opened.add(await openMembers(place)),
    invites: opened.add(await openInvites(place)),
    overlays: opened.add(await openOverlays(place)),
    looks: opened.add(await openLooks(place)),
    docks: opened.add(await openDocks(place)),
    stages: opened.add(await openStages(place)),
    people: opened.add(await openPeople(place)),
    deeds: opened.add(await openDeeds(place)),
    rulesHistory: opened.add(await openRulesHistory(place)),
    moments: opened.add(await openMoments(place)),
    erasures: opened.add(await openErasures(place)),
    sessions: opened.add(await openSessions(place)),
    keys: opened.add(await openKeys(place)),
    webhooks: opened.add(await openWebhooks(place)),
    sources: opened.add(await openSources(place)),
    streams: opened.add(await openStreams(place)),
    archive: opened.add(await ArchiveClient.start(orders, place.note, synced)),
    instance: opened.add(await openInstance(place)),
    close: () => opened.close(),
  }
}

/** Gathers what had to be repaired while the folder was opened, and says it in one line. Transcripts are looked at when they are read. */
function lookThrough(note: Note): { note: Note; tell(): void } {
  const repaired: string[] = []
  return {
    note(level, text, fields) {
      if (text === REPAIRED) repaired.push(basename(String(fields.file)))
      note(level, text, fields)
    },
    tell() {
      if (repaired.length === 0) note('info', 'the data folder was looked through; all of it is sound', {})
      else note('warn', 'the data folder was looked through; what was damaged is repaired', { repaired })
    },
  }
}

/** They take room, no more: what cannot be removed stays. */
async function removeAll(folders: string[], note: Note): Promise<void> {
  for (const folder of folders) {
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
      note('warn', 'what stood here before an upgrade could not be removed', { folder, err: error })
    })
  }
}

/** What has been opened so far; closed in the opposite order, the lock last. */
class Opened {
  readonly #parts: { close(): Promise<void> }[] = []

  add<P extends { close(): Promise<void> }>(part: P): P {
    this.#parts.unshift(part)
    return part
  }

  /** Closes every part, also when one fails; then throws what the first failure was. */
  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const part of this.#parts.splice(0)) await part.close().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
}
