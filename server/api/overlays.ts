import { z } from 'zod'
import { type ChosenSettings, type Theme, themes } from '../look.ts'
import { SettingsBody } from '../look-body.ts'
import { DEMO_ACTS, DOCK_SCOPES, type DockClient, type DockScope, type OverlayClient } from '../protocol.ts'
import { shownName, trimmed } from './shapes.ts'

/** Overlays, how they look, and docks. */

export const CreateOverlayBody = z.strictObject({ name: shownName(50).optional(), settings: SettingsBody.optional() })
export const PatchOverlayBody = CreateOverlayBody
/** A change names the state of the draft that it was made from. */
const revision = z.number().int().min(0)
/** The whole draft: what it does not name is the theme's. */
export const DraftBody = z.strictObject({ revision, settings: SettingsBody })
/** Looks that are published in one sitting, step by step as somebody edits, are kept as one version: the last of them. */
export const PublishBody = z.strictObject({ revision, sitting: trimmed(40).optional() })
export const REPLAY_SPEEDS = [1, 2, 8] as const

/** What the preview shall do, or which past stream it shall show; null ends that. */
export const PreviewBody = z.union([
  z.strictObject({ act: z.enum([...DEMO_ACTS, 'disconnect']) }),
  z.strictObject({ replay: z.strictObject({ stream: trimmed(100), speed: z.literal(REPLAY_SPEEDS) }).nullable() }),
])

export const ThemeBody = z.strictObject({ theme: z.enum(themes()) })
export const CreateDockBody = z.strictObject({ name: shownName(50), scope: z.enum(DOCK_SCOPES) })

export interface OverlayView {
  id: string
  name: string
  /** The whole address with the key in its fragment. */
  url: string
  /** What was chosen; the theme decides the rest. */
  settings: ChosenSettings
  /** An editor has changed it and not shown it yet. */
  draft: boolean
  clients: OverlayClient[]
  createdAt: number
}

/** How many open pages were asked. */
export interface ReloadView {
  pages: number
}

/** An overlay's look as an editor sees it. */
export interface LookView {
  /** The draft; where there is none, what is on air. */
  settings: ChosenSettings
  /** What is on air. */
  published: ChosenSettings
  revision: number
  /** When the draft was changed last; null = there is none. */
  changedAt: number | null
  /** Address of the page that shows the draft with invented chat, key included. */
  preview: string
}

export interface VersionView {
  id: string
  publishedAt: number
  settings: ChosenSettings
}

/** What docks may know of an overlay: its address is not theirs. */
export interface OverlayThemeView {
  id: string
  name: string
  theme: Theme
}
export interface ThemesView {
  items: OverlayThemeView[]
  themes: { id: Theme; label: string }[]
}
export interface DockView {
  id: string
  name: string
  scope: DockScope
  /** Of the chat dock, whole, with the key in its fragment. */
  url: string
  /** Of the control dock; null where the scope does not reach so far. */
  controlUrl: string | null
  clients: DockClient[]
  createdAt: number
}
