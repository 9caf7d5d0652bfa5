import type { SourceView } from '../protocol.ts'

/**
 * For whoever helps with a channel and does not own it: they see how a source is, and neither its options nor the address of
 * its deliveries.
 */
export function discreet(sources: readonly SourceView[]): SourceView[] {
  return sources.map((source) => ({ ...source, options: {}, hook: null }))
}
