import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Child } from './line-child.ts'
import type { FromServer, Go } from './line-words.ts'
import type { FromPage, ToPage } from './overlay-words.ts'
import type { Report } from './report.ts'

export const name = 'overlay'
export const goal =
  'the real page in Chromium 103 and 127: ≥ 58 fps, no frame > 50 ms at 1,000/s, heap flat, nothing painted at rest; JS ≤ 12 kB gzip, CSS ≤ 8 kB gzip'

const ENGINES = ['103', '127'] as const
const RATES = [100, 1_000, 5_000]
const WARM_UP_MS = 5_000
const MEASURE_MS = 60_000
const SETTLE_MS = 3_000
const IDLE_MS = 60_000
const LEAST_FPS = 58
const LONGEST_FRAME_MS = 50
/** Growth of what lives after a collection, over the 60 s of a load. */
const FLAT_BYTES = 1_000_000
const KB = 1_000
const JS_KB = 12
/** What a built script imports before it runs, and what it imports at all. */
const AT_ONCE = /(?:from|import)"(?:\.|\/assets)\/([^"]+\.js)"/g
const ANY = /(?:from|import\(?)"(?:\.|\/assets)\/([^"]+\.js)"/g
/** Chunks that every page with a key loads as soon as it runs; the others only where an address or a setting asks for them. */
const SOON = /^(home|event-stream)-/
const CSS_KB = 8

export async function run(report: Report): Promise<void> {
  await sizes(report)
  for (const engine of ENGINES) {
    for (const perSecond of RATES) await load(report, engine, perSecond)
  }
  report.note('Server, load and page share the cores of this machine; the engines draw by software.')
}

async function load(report: Report, engine: string, perSecond: number): Promise<void> {
  const server = new Child<FromServer>('line-server')
  const { url, hello } = await server.hear('listening')
  const page = new Child<FromPage>('overlay-page', [engine, addressOf(url, hello)], { loader: true })
  await page.hear('open')
  server.say({ perSecond, warmUpMs: WARM_UP_MS, measureMs: MEASURE_MS + SETTLE_MS } satisfies Go)
  await pause(WARM_UP_MS)
  const before = await ask(page, { type: 'heap' })
  const frames = await ask(page, { type: 'frames', ms: MEASURE_MS - SETTLE_MS })
  const after = await ask(page, { type: 'heap' })
  await server.hear('ended')
  rows(report, `${engine}, ${perSecond.toLocaleString('en')}/s`, perSecond, frames, after.bytes - before.bytes)
  if (perSecond === RATES[0]) await rest(report, engine, page)
  await page.end()
  await server.end()
}

function rows(
  report: Report,
  where: string,
  perSecond: number,
  { perSecond: fps, longest }: Extract<FromPage, { type: 'frames' }>,
  grown: number,
): void {
  const row = (
    what: string,
    measured: number,
    unit: string,
    better: 'higher' | 'lower',
    goal?: { text: string; met: boolean },
  ) => report.row({ what: `${where}, ${what}`, measured, unit, better, ...(goal && { goal }) })
  row('frames', fps, 'fps', 'higher', { text: `≥ ${LEAST_FPS} fps`, met: fps >= LEAST_FPS })
  const judged = perSecond <= 1_000
  const frameGoal = { text: `≤ ${LONGEST_FRAME_MS} ms`, met: longest <= LONGEST_FRAME_MS }
  row('longest frame', longest, 'ms', 'lower', judged ? frameGoal : undefined)
  row('heap grown', grown / KB, 'kB', 'lower', { text: `≤ ${FLAT_BYTES / KB} kB`, met: grown <= FLAT_BYTES })
}

/** After the last animation, nothing is painted for a minute. */
async function rest(report: Report, engine: string, page: Child<FromPage>): Promise<void> {
  await pause(SETTLE_MS)
  const { paints } = await ask(page, { type: 'idle', ms: IDLE_MS })
  report.row({
    what: `${engine}, at rest for ${IDLE_MS / 1_000} s`,
    measured: paints,
    unit: 'paints',
    better: 'lower',
    goal: { text: '0', met: paints === 0 },
  })
}

async function sizes(report: Report): Promise<void> {
  const folder = join(process.cwd(), 'dist', 'pages', 'assets')
  const files = await readdir(folder)
  const size = async (names: Iterable<string>) => {
    const each = await Promise.all([...names].map(async (name) => gzipSync(await readFile(join(folder, name))).length))
    return each.reduce((sum, bytes) => sum + bytes, 0) / KB
  }
  const row = (what: string, measured: number, most?: number) =>
    report.row({
      ...{ what: `overlay, ${what}`, measured, unit: 'kB gzip', better: 'lower' },
      ...(most !== undefined && { goal: { text: `≤ ${most} kB`, met: measured <= most } }),
    })
  const scripts = files.filter((name) => /^overlay-[^/]*\.js$/.test(name))
  const atStart = await reached(folder, scripts, AT_ONCE)
  const everything = await reached(folder, scripts, ANY)
  const soon = [...everything].filter((name) => atStart.has(name) || SOON.test(name))
  row('JS at start', await size(atStart), JS_KB)
  row('JS a moment later, on every page', await size(soon))
  row('JS with everything loaded', await size(everything))
  row('CSS', await size(files.filter((name) => /^overlay-[^/]*\.css$/.test(name))), CSS_KB)
}

/** Files and what they import, as the pattern finds it in built scripts. */
async function reached(folder: string, names: readonly string[], imports: RegExp, found = new Set<string>()) {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const script = await readFile(join(folder, name), 'utf8')
    await reached(
      folder,
      [...script.matchAll(imports)].map(([, imported = '']) => imported),
      imports,
      found,
    )
  }
  return found
}

/** The page's address, out of what a bare client needs. */
function addressOf(socket: string, hello: string | null): string {
  const { key } = JSON.parse(hello ?? '{}') as { key?: string }
  return `${new URL(socket.replace(/^ws/, 'http')).origin}/overlay#${key ?? ''}`
}

function ask<T extends ToPage['type'] & FromPage['type']>(
  page: Child<FromPage>,
  word: Extract<ToPage, { type: T }>,
): Promise<Extract<FromPage, { type: T }>> {
  const answer = page.hear(word.type as T)
  page.say(word)
  return answer
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
