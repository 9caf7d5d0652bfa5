import { known } from '../../look.ts'
import { type LookDraft, type Looks, type LookVersion, MAX_VERSIONS } from '../overlays.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openLooks({ database }: Place): Looks {
  const drafts = new Table<LookDraft>(database, 'drafts')
  const versions = new Table<LookVersion>(database, 'versions')
  return {
    draft: async (overlayId) => soundDraft(await drafts.byId(overlayId)),
    drafts: async (channelId) => (await drafts.all({ channelId })).map(soundDraft),
    putDraft: (draft) => drafts.put(draft),
    versions: async (overlayId) => (await newestFirst(versions, overlayId)).map(sound),
    addVersion: (version) => add(versions, version),
    async forget(overlayId) {
      await drafts.remove(overlayId)
      await versions.removeAll({ overlayId })
    },
  }
}

/** In one turn with forgetting what it replaces and the oldest. Versions of one millisecond get one each, so that they have an order. */
function add(table: Table<LookVersion>, version: LookVersion): Promise<void> {
  return table.inTurn(version.overlayId, async (turn) => {
    const kept = await newestFirst(turn, version.overlayId)
    const [newest, ...older] = kept
    const publishedAt = Math.max(version.publishedAt, (newest?.publishedAt ?? 0) + 1)
    await turn.insert({ ...version, publishedAt })
    const goesOn = newest?.sitting !== undefined && newest.sitting === version.sitting
    const gone = goesOn ? [newest, ...older.slice(MAX_VERSIONS - 1)] : kept.slice(MAX_VERSIONS - 1)
    for (const old of gone) await turn.remove(old.id)
  })
}

function newestFirst(table: Table<LookVersion>, overlayId: string): Promise<LookVersion[]> {
  return table.all({ overlayId }, 'published_at DESC, id')
}

/** With the settings of which this version of CrossChat knows. */
function sound(version: LookVersion): LookVersion {
  return { ...version, settings: known(version.settings) }
}

function soundDraft<T extends LookDraft | null>(draft: T): T {
  return draft?.settings ? { ...draft, settings: known(draft.settings) } : draft
}
