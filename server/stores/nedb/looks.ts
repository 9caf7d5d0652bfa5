import { known } from '../../look.ts'
import { type LookDraft, type Looks, type LookVersion, MAX_VERSIONS } from '../overlays.ts'
import type { Place } from './place.ts'
import { restoreOne, Table } from './table.ts'

export async function openLooks(place: Place): Promise<Looks & { close(): Promise<void> }> {
  const drafts = await Table.open<LookDraft>({
    ...place.file('drafts'),
    indexed: ['channelId'],
    fields: ['channelId', 'settings', 'revision', 'changedAt'],
  })
  const versions = await Table.open<LookVersion>({
    ...place.file('versions'),
    indexed: ['overlayId'],
    fields: ['overlayId', 'channelId', 'settings', 'publishedAt'],
  })
  return {
    draft: async (overlayId) => soundDraft(await drafts.byId(overlayId)),
    drafts: async (channelId) => (await drafts.all({ channelId })).map(soundDraft),
    putDraft: (draft) => drafts.put(draft),
    versions: async (overlayId) => (await versions.all({ overlayId })).map(sound).sort(newestFirst),
    addVersion: (version) => add(versions, version),
    async forget(overlayId) {
      await drafts.remove(overlayId)
      await versions.write((engine) => engine.remove({ overlayId }, { multi: true }))
      await Promise.all([drafts.sync(), versions.sync()])
    },
    async close() {
      await Promise.all([drafts.close(), versions.close()])
    },
  }
}

/** In one turn with forgetting what it replaces and the oldest. Versions of one millisecond get one each, so that they have an order. */
function add(table: Table<LookVersion>, version: LookVersion): Promise<void> {
  return table.write(async (engine) => {
    const rows = await engine.find({ overlayId: version.overlayId })
    const kept = rows.map((row) => restoreOne<LookVersion>(row)).sort(newestFirst)
    const { id, ...rest } = version
    const publishedAt = Math.max(rest.publishedAt, (kept[0]?.publishedAt ?? 0) + 1)
    await engine.insertOne({ _id: id, ...rest, publishedAt })
    const [newest, ...older] = kept
    const goesOn = newest?.sitting !== undefined && newest.sitting === version.sitting
    const gone = goesOn ? [newest, ...older.slice(MAX_VERSIONS - 1)] : kept.slice(MAX_VERSIONS - 1)
    for (const old of gone) await engine.remove({ _id: old.id }, {})
  })
}

const newestFirst = (a: LookVersion, b: LookVersion) => b.publishedAt - a.publishedAt

/** With the settings of which this version of CrossChat knows. */
function sound(version: LookVersion): LookVersion {
  return { ...version, settings: known(version.settings) }
}

function soundDraft<T extends LookDraft | null>(draft: T): T {
  return draft?.settings ? { ...draft, settings: known(draft.settings) } : draft
}
