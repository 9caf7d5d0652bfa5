import { createHash } from 'node:crypto'
import { existsSync, watch as watchFolder } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { build } from 'esbuild'
import { minify } from 'terser'

/**
 * Builds the pages: `dist/pages/{index.html,admin/index.html,overlay/index.html,dock/index.html,embed.js,assets/*,build.json}`.
 * Everything under `assets/` carries a hash in its name. `build.json` holds the same build id that the pages hold, made
 * from their sources: the server repeats it in `welcome`, and a page of another build reloads itself.
 */

export interface PagesOptions {
  /** Where the pages go, usually `dist/pages`. */
  outDir: string
  /** Builds again whenever a source changes; a failing rebuild is reported and keeps the last good pages. */
  watch?: boolean
  /** Which pages; all when left out. */
  only?: readonly PageName[]
  report?: (line: string) => void
}

/** A size, gzip -9, over which the build fails. */
const KB = 1_000
const LIMITS: Readonly<Record<string, number>> = {
  'overlay.js': 12 * KB,
  'overlay.css': 8 * KB,
  'embed.js': 2 * KB,
  'dock.js': 25 * KB,
  'panel.js': 60 * KB,
}
const LAZY_LIMIT = 40 * KB
const REBUILD_AFTER_MS = 100

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SHARED = ['protocol', 'api', 'look', 'look-kinds', 'look-defaults', 'look-themes'].map(
  (name) => `server/${name}.ts`,
)
const SOURCES = ['overlay', 'admin', ...SHARED, 'scripts/pages.ts', 'package-lock.json']
const WATCHED = ['overlay', 'admin']
const FONT = /inter-latin-wght-normal-[^/]+\.woff2$/

export type PageName = 'overlay' | 'dock' | 'admin' | 'landing'

/** A page's html, and what it may name as `{{name}}` with what that is built from. */
interface Page {
  html: string
  target: string
  entries: readonly Entry[]
}
interface Entry {
  name: string
  source: string
  /** Runs before the page is parsed on, so it cannot be a module. */
  classic?: true
  /**
   * Every byte counts: drawn by overlay/paint.ts in place of preact, and worth a second minifier, which makes scripts a
   * twentieth smaller and takes a second.
   */
  tight?: true
  /** Others write its address into their pages: it stands beside `assets/`, under its own name. */
  lasting?: true
}
const PAGES: Readonly<Record<PageName, Page>> = {
  overlay: {
    html: 'overlay/index.html',
    target: 'overlay/index.html',
    entries: [
      { name: 'overlay.js', source: 'overlay/main.ts', tight: true },
      { name: 'overlay.css', source: 'overlay/styles/overlay.css' },
      { name: 'embed.js', source: 'overlay/embed.ts', classic: true, lasting: true },
    ],
  },
  dock: {
    html: 'overlay/dock/index.html',
    target: 'dock/index.html',
    entries: [
      { name: 'dock.js', source: 'overlay/dock/main.ts' },
      { name: 'dock.css', source: 'overlay/dock/styles/dock.css' },
    ],
  },
  admin: {
    html: 'admin/index.html',
    target: 'admin/index.html',
    entries: [
      { name: 'panel.js', source: 'admin/main.ts' },
      { name: 'panel.css', source: 'admin/styles/panel.css' },
      { name: 'theme.js', source: 'admin/theme.ts', classic: true },
    ],
  },
  landing: {
    html: 'admin/landing.html',
    target: 'index.html',
    entries: [
      { name: 'landing.js', source: 'admin/landing.ts' },
      { name: 'landing.css', source: 'admin/styles/landing.css' },
    ],
  },
}
const ALL: readonly PageName[] = ['overlay', 'dock', 'admin', 'landing']

/** The defaults follow from the table of settings; the pages hold what follows, so that who needs no more loads no table. */
const workedOut: Plugin = {
  name: 'defaults worked out',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]look-defaults\.ts$/ }, async () => {
      const { DEFAULT_SETTINGS } = await import('../server/look-defaults.ts')
      return { contents: `export const DEFAULT_SETTINGS = ${JSON.stringify(DEFAULT_SETTINGS)}`, loader: 'ts' }
    })
  },
}

/** One built entry: its address and what a browser fetches before it runs. */
interface Built {
  name: string
  address: string
  gzip: number
}

export async function buildPages(options: PagesOptions): Promise<void> {
  await buildOnce(options)
  if (options.watch) watchSources(options)
}

async function buildOnce({ outDir, only = ALL, report = console.log }: PagesOptions): Promise<void> {
  const platforms = await introductions()
  const id = await hashSources(platforms)
  const platformsFile = `assets/platforms-${hash(platforms)}.json`
  await put(join(outDir, platformsFile), platforms)

  const define = { __BUILD__: JSON.stringify(id), __PLATFORMS__: JSON.stringify(`/${platformsFile}`) }
  const pages = only.map((name) => PAGES[name]).filter(({ html }) => existsSync(join(ROOT, html)))
  const entries = pages.flatMap((page) => page.entries).filter(({ source }) => existsSync(join(ROOT, source)))
  // One after the other: entries share chunks, and each writes its own copy of them under the same name.
  const bundles: Bundle[] = []
  for (const entry of entries) bundles.push(await bundle(entry, outDir, define))

  const kept = new Set([platformsFile, ...bundles.flatMap(({ files }) => files)])
  const names = new Map(bundles.map(({ built }) => [built.name, built.address]))
  for (const file of kept) if (FONT.test(file)) names.set('font', `/${file}`)
  for (const { html, target } of pages) await writePage(join(ROOT, html), join(outDir, target), names)
  await put(join(outDir, 'build.json'), `${JSON.stringify({ build: id })}\n`)
  await sweep(join(outDir, 'assets'), kept)
  checkSizes(bundles, report)
}

interface Bundle {
  built: Built
  /** All outputs, relative to the target folder. */
  files: string[]
  lazy: Built[]
}

async function bundle(entry: Entry, outDir: string, define: Record<string, string>): Promise<Bundle> {
  const { metafile } = await build({ ...common(outDir, define), ...shape(entry), metafile: true })
  const outputs = Object.entries(metafile.outputs)
  const at = (path: string) => relative(resolve(outDir), resolve(ROOT, path))
  const main = outputs.find(([path, { entryPoint }]) => entryPoint === entry.source && !path.endsWith('.map'))?.[0]
  if (main === undefined) throw new Error(`The build of ${entry.source} gave no file.`)
  if (entry.tight) await Promise.all(outputs.map(([path]) => tighten(resolve(ROOT, path))))
  const initial = eager(metafile, main)
  const lazy = outputs.filter(([path]) => path.endsWith('.js') && !initial.has(path))
  return {
    built: { name: entry.name, address: `/${at(main)}`, gzip: await gzipOf(initial) },
    files: outputs.map(([path]) => at(path)),
    lazy: await Promise.all(lazy.map(async ([path]) => lazyChunk(at(path), path))),
  }
}

/** Names of files keep the hash of what the first minifier made; the same in, the same out. */
async function tighten(path: string): Promise<void> {
  if (!path.endsWith('.js')) return
  const { code } = await minify(await readFile(path, 'utf8'), { module: true, ecma: 2020, compress: { passes: 3 } })
  if (code !== undefined) await writeFile(path, code)
}

const lazyChunk = async (address: string, path: string): Promise<Built> => ({
  name: address,
  address,
  gzip: await gzipOf([path]),
})

function common(outDir: string, define: Record<string, string>) {
  return {
    absWorkingDir: ROOT,
    outdir: resolve(outDir),
    bundle: true,
    minify: true,
    metafile: true,
    target: 'chrome103',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    publicPath: '/',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    loader: { '.svg': 'file', '.woff2': 'file' },
    define,
    plugins: [workedOut],
  } satisfies BuildOptions
}

function shape({ name, source, classic, tight, lasting }: Entry): BuildOptions {
  const stem = name.slice(0, name.lastIndexOf('.'))
  const alias = tight ? { preact: './overlay/paint.ts' } : {}
  const entry = { entryPoints: [source], entryNames: lasting ? stem : `assets/${stem}-[hash]`, alias }
  return classic ? { ...entry, format: 'iife' } : { ...entry, format: 'esm', splitting: name.endsWith('.js') }
}

/** The file and what it imports before it runs; what is imported on demand is left out. */
function eager(metafile: Metafile, path: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(path)) return found
  found.add(path)
  for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
    if (kind === 'import-statement') eager(metafile, imported, found)
  }
  return found
}

async function gzipOf(paths: Iterable<string>): Promise<number> {
  const sizes = await Promise.all(
    [...paths].map(async (path) => gzipSync(await readFile(resolve(ROOT, path)), { level: 9 }).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Fills in the addresses; a name that nothing was built for is an error, not an empty attribute. */
async function writePage(source: string, target: string, names: ReadonlyMap<string, string>): Promise<void> {
  const page = (await readFile(source, 'utf8')).replace(/\{\{([\w.-]+)\}\}/g, (_whole, name: string) => {
    const address = names.get(name)
    if (address === undefined) throw new Error(`${relative(ROOT, source)} names {{${name}}}, which was not built.`)
    return address
  })
  await put(target, page)
}

function checkSizes(bundles: readonly Bundle[], report: (line: string) => void): void {
  const over: string[] = []
  const check = (name: string, gzip: number, limit: number | undefined) => {
    report(`  ${name.padEnd(34)} ${(gzip / KB).toFixed(1).padStart(6)} kB gzip${limit ? ` of ${limit / KB}` : ''}`)
    if (limit !== undefined && gzip > limit) over.push(name)
  }
  for (const { built, lazy } of bundles) {
    check(built.name, built.gzip, LIMITS[built.name])
    for (const chunk of lazy) check(chunk.name, chunk.gzip, LAZY_LIMIT)
  }
  if (over.length > 0) throw new Error(`Over the size limit: ${over.join(', ')}.`)
}

/** The platforms as the worker introduces them, for the demo: the pages themselves name none. */
async function introductions(): Promise<string> {
  const { platforms } = await import('../workers/platforms/index.ts')
  return JSON.stringify(platforms.map(({ about }) => about))
}

async function hashSources(platforms: string): Promise<string> {
  const digest = createHash('sha256').update(platforms)
  for (const source of SOURCES) {
    for (const path of await filesBelow(join(ROOT, source))) {
      digest
        .update(relative(ROOT, path))
        .update('\0')
        .update(await readFile(path))
        .update('\0')
    }
  }
  return digest.digest('hex').slice(0, 16)
}

/** In an order that is the same everywhere. */
async function filesBelow(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const found = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null)
  if (found === null) return [path]
  const files = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.sort()
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** Assets of earlier builds. */
async function sweep(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder)
  await Promise.all(names.filter((name) => !kept.has(`assets/${name}`)).map((name) => rm(join(folder, name))))
}

function watchSources(options: PagesOptions): void {
  const report = options.report ?? console.log
  let due: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> = Promise.resolve()
  const rebuild = () => {
    running = running.then(() => buildOnce(options)).catch((error: unknown) => report(String(error)))
  }
  for (const folder of WATCHED) {
    watchFolder(join(ROOT, folder), { recursive: true }, () => {
      clearTimeout(due)
      due = setTimeout(rebuild, REBUILD_AFTER_MS)
    })
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()
