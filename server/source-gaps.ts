import type { Archivist } from './archivist.ts'
import { reached } from './entries.ts'
import type { Ingest, SourceWord } from './ingest.ts'
import type { Metrics } from './metrics.ts'
import type { StoredSource } from './stores/sources.ts'

export interface GapParts {
  ingest: Pick<Ingest, 'channel' | 'platforms'>
  archivist: Pick<Archivist, 'note'>
  metrics: Metrics
}

/** What was missed of a source becomes a gap of the transcript. It stands behind the last event before it. */
export async function noteMissed(
  { channelId, platform }: StoredSource,
  { from, to, after }: Extract<SourceWord, { type: 'gap' }>,
  { ingest, archivist, metrics }: GapParts,
): Promise<void> {
  const entry = ingest.channel(channelId)
  if (entry === undefined) return
  metrics.sourceGapTotal.inc({ platform })
  await reached(entry, after)
  const label = ingest.platforms.find(({ id }) => id === platform)?.label ?? platform
  const seconds = Math.max(1, Math.round((to - from) / 1_000))
  const reason = `${label} was not connected for ${seconds} s; what was written there meanwhile is missing`
  archivist.note(channelId, { kind: 'gap', count: 0, at: from, until: to, platform, reason }, after)
}
