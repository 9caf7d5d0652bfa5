import { z } from 'zod'
import type {
  DockView,
  LookView,
  OverlayThemeView,
  OverlayView,
  ReloadView,
  ThemesView,
  VersionView,
} from '../api/overlays.ts'
import { themes } from '../look.ts'
import { ChosenBody } from '../look-body.ts'
import type { DockClient, OverlayClient } from '../protocol.ts'
import { count, id, moment } from './shapes.ts'

/** Overlays, their looks, and docks. */

const settings = ChosenBody.describe('What was chosen; the theme decides the rest.')

const client = z
  .object({
    overlay: id,
    name: z.string(),
    obs: z.string().nullable(),
    since: moment,
    version: z.string().nullable(),
    engine: z.string().nullable(),
    report: z
      .object({
        visible: z.boolean(),
        active: z.boolean().nullable(),
        streaming: z.boolean().nullable(),
        recording: z.boolean().nullable(),
        build: z.string(),
        rows: count,
        queue: count,
        at: moment,
        paintedAt: moment.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'OverlayClient' }) satisfies z.ZodType<OverlayClient>

export const OverlayAnswer = z
  .object({
    id,
    name: z.string(),
    url: z.string().describe('The address for OBS, with the key in its fragment.'),
    settings,
    draft: z.boolean().describe('An editor has changed it and not shown it yet.'),
    clients: z.array(client),
    createdAt: moment,
  })
  .meta({ id: 'Overlay' }) satisfies z.ZodType<OverlayView>

export const ReloadAnswer = z.object({
  pages: count.describe('Open pages that were asked.'),
}) satisfies z.ZodType<ReloadView>

export const LookAnswer = z
  .object({
    settings,
    published: settings,
    revision: count,
    changedAt: moment.nullable(),
    preview: z.string().describe('Address of the page that shows the draft, key included.'),
  })
  .meta({ id: 'Look' }) satisfies z.ZodType<LookView>
export const PublishedAnswer = z.object({ overlay: OverlayAnswer, look: LookAnswer })
export const VersionAnswer = z
  .object({ id, publishedAt: moment, settings })
  .meta({ id: 'LookVersion' }) satisfies z.ZodType<VersionView>

const theme = z.enum(themes())
export const OverlayThemeAnswer = z
  .object({ id, name: z.string(), theme: theme.describe('On air.') })
  .meta({ id: 'OverlayTheme' }) satisfies z.ZodType<OverlayThemeView>
export const ThemesAnswer = z.object({
  items: z.array(OverlayThemeAnswer),
  themes: z.array(z.object({ id: theme, label: z.string() })),
}) satisfies z.ZodType<ThemesView>

const dockClient = z.object({
  dock: id,
  name: z.string(),
  obs: z.string().nullable(),
  since: moment,
}) satisfies z.ZodType<DockClient>
export const DockAnswer = z
  .object({
    id,
    name: z.string(),
    scope: z.enum(['read', 'moderate', 'control']),
    url: z.string(),
    controlUrl: z.string().nullable(),
    clients: z.array(dockClient),
    createdAt: moment,
  })
  .meta({ id: 'Dock' }) satisfies z.ZodType<DockView>
