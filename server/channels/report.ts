import { z } from 'zod'
import { foreignJson } from '../foreign-json.ts'
import type { PageReport } from '../protocol.ts'

const MAX_BUILD = 64
/** More than a page can hold, or tell the truth about. */
const MAX_COUNT = 100_000
const MAX_AGO_MS = 10 * 365 * 86_400_000
/** A page sends at most one a second; whoever sends more than this is none of ours. */
const MAX_REPORTS = 30
const WINDOW_MS = 10_000

const count = z.number().int().min(0).max(MAX_COUNT)
const ReportFrame = z.object({
  type: z.literal('report'),
  visible: z.boolean(),
  active: z.boolean().nullable(),
  streaming: z.boolean().nullable(),
  recording: z.boolean().nullable(),
  build: z.string().max(MAX_BUILD),
  // Pages of earlier releases, which OBS may keep open, tell parts of milliseconds.
  painted: z.number().min(0).max(MAX_AGO_MS).transform(Math.round).nullable(),
  rows: count,
  queue: count,
})

/** A page's report, or null when the frame is none. Fields of later releases are let through, and not kept. */
export function readReport(text: string, now = Date.now()): PageReport | null {
  const parsed = ReportFrame.safeParse(parse(text))
  if (!parsed.success) return null
  const { type: _, painted, ...told } = parsed.data
  return { ...told, at: now, paintedAt: painted === null ? null : now - painted }
}

function parse(text: string): unknown {
  try {
    return foreignJson(text)
  } catch {
    return null
  }
}

/** Counts the reports of one peer. */
export class Reports {
  #count = 0
  #since = 0

  /** False = too many. */
  enter(now = performance.now()): boolean {
    if (now - this.#since > WINDOW_MS) [this.#since, this.#count] = [now, 0]
    return ++this.#count <= MAX_REPORTS
  }
}

/** What the user agent tells of OBS and its browser. */
export interface Agent {
  version: string | null
  engine: string | null
}

/** OBS adds its own name to Chromium's user agent. A version is digits and dots, and what follows it is not looked at. */
export function readAgent(userAgent: string): Agent {
  return { version: versionOf('OBS', userAgent), engine: versionOf('Chrome', userAgent) }
}

function versionOf(name: string, userAgent: string): string | null {
  return new RegExp(`(?:^| )${name}/(\\d{1,5}(?:\\.\\d{1,6}){0,3})`).exec(userAgent)?.[1] ?? null
}
