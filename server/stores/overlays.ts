import type { ChosenSettings } from '../look.ts'
import type { DockScope } from '../protocol.ts'

/** The pages with a key of their own, and how overlays look. */

export interface Overlay {
  id: string
  channelId: string
  name: string
  settings: ChosenSettings
  /** Part of the key's derivation; rotation raises it. */
  keyVersion: number
  createdAt: number
}

export interface Overlays {
  insert(overlay: Overlay): Promise<void>
  byId(id: string): Promise<Overlay | null>
  byChannel(channelId: string): Promise<Overlay[]>
  update(id: string, change: Partial<Pick<Overlay, 'name' | 'settings'>>): Promise<Overlay | null>
  /** On disk (fsync) when it resolves. */
  raiseKeyVersion(id: string): Promise<Overlay | null>
  remove(id: string): Promise<boolean>
}

/** What an editor has made of an overlay and not shown yet. */
export interface LookDraft {
  /** The overlay's. */
  id: string
  channelId: string
  /** Null = as it is on air. */
  settings: ChosenSettings | null
  /** Raised by every change, also by publishing. */
  revision: number
  changedAt: number
}

/** How an overlay once looked on air. */
export interface LookVersion {
  id: string
  overlayId: string
  channelId: string
  settings: ChosenSettings
  publishedAt: number
  /** Published step by step while somebody edited; the last look of a sitting takes the place of the one before. */
  sitting?: string
}

/** Versions that an overlay keeps; the oldest go first. */
export const MAX_VERSIONS = 20

export interface Looks {
  draft(overlayId: string): Promise<LookDraft | null>
  /** Of all overlays of the channel. */
  drafts(channelId: string): Promise<LookDraft[]>
  putDraft(draft: LookDraft): Promise<void>
  /** Newest first. */
  versions(overlayId: string): Promise<LookVersion[]>
  addVersion(version: LookVersion): Promise<void>
  /** The overlay is gone. */
  forget(overlayId: string): Promise<void>
}

/** A page beside OBS for whoever moderates or runs a stream; what its key may do is its scope. */
export interface Dock {
  id: string
  channelId: string
  name: string
  scope: DockScope
  /** Part of the key's derivation; rotation raises it. */
  keyVersion: number
  createdAt: number
}

export interface Docks {
  insert(dock: Dock): Promise<void>
  byId(id: string): Promise<Dock | null>
  byChannel(channelId: string): Promise<Dock[]>
  /** On disk (fsync) when it resolves. */
  raiseKeyVersion(id: string): Promise<Dock | null>
  remove(id: string): Promise<boolean>
}
