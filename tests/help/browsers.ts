import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'
import type {
  Browser,
  BrowserContextOptions,
  BrowserType,
  Page,
} from '../browsers/node_modules/playwright-core/index.js'

/**
 * Opens the engines of OBS's browser source, 103 (OBS 28–30) and 127 (OBS 31 and 32), and 153, which people open the
 * panel in. They come packed from npm, with what drives them, as a package of their own in `tests/browsers`, so that only
 * who tests pays for them.
 */

export type Engine = '103' | '127' | '153'
/** OBS's. */
export const engines: readonly Engine[] = ['103', '127']
/** The newest of those that people have on their desks. */
export const CURRENT: Engine = '153'

const HOME = fileURLToPath(new URL('../browsers/', import.meta.url))
const MODULES = join(HOME, 'node_modules')
/** Unpacked engines stand beside the packages: a new install unpacks anew. */
const UNPACKED = join(MODULES, '.engines')
/** Newest file of an install: when it is there, the install was whole. */
const INSTALLED = join(MODULES, '.package-lock.json')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--hide-scrollbars',
  '--mute-audio',
]

export async function openEngine(engine: Engine): Promise<Browser> {
  installBrowsers()
  const program = await unpack(engine)
  const libraries = await findLibraries(program)
  return chromium().launch({
    executablePath: program,
    args: [...FLAGS, ...(engine === '103' ? ['--headless'] : [])],
    env: { ...stringEnvironment(), ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
  })
}

/** A page in a context of its own. The test's loader names inner functions by `__name`; functions handed to the page find it there. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options)
  await page.addInitScript({ content: 'globalThis.__name ??= (inner) => inner' })
  return page
}

/** axe-core's script, to be put into a page with `page.addScriptTag({ path })`. */
export function axePath(): string {
  installBrowsers()
  return join(MODULES, 'axe-core', 'axe.min.js')
}

/** Installs what `tests/browsers` names, once. The types that tests import come with it. */
export function installBrowsers(): void {
  if (existsSync(INSTALLED)) return
  console.log('Installing the test browsers (once, about 190 MB)…')
  execFileSync('npm', ['ci', '--prefix', HOME, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  })
}

/** Makes all engines ready to start. Before the tests run: side by side each of them would unpack its own. */
export async function unpackBrowsers(): Promise<void> {
  for (const engine of [...engines, CURRENT]) await findLibraries(await unpack(engine))
}

function chromium(): BrowserType {
  const load = createRequire(join(HOME, 'package.json'))
  const { chromium: found }: { chromium: BrowserType } = load('playwright-core')
  return found
}

/** Both packages unpack to the same name; each gets its own folder. The rename makes it whole or not there at all. */
async function unpack(engine: Engine): Promise<string> {
  const program = join(UNPACKED, engine, 'chromium')
  if (existsSync(program)) return program
  await mkdir(join(UNPACKED, engine), { recursive: true })
  const half = `${program}.${process.pid}`
  await inflate(join(MODULES, `chromium-${engine}`, 'bin', 'chromium.br'), half, 0o755)
  await rename(half, program)
  return program
}

async function inflate(packed: string, target: string, mode: number): Promise<void> {
  await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(target, { mode }))
}

/** Null where the system has all that the engine links to; else a folder with what the packages bring along. */
async function findLibraries(program: string): Promise<string | null> {
  if (missing(program).length === 0) return null
  const folder = join(UNPACKED, 'libraries')
  if (!existsSync(folder)) await unpackLibraries(folder)
  const lib = join(folder, 'lib')
  const left = missing(program, lib)
  if (left.length === 0) return lib
  throw new Error(
    `The test browser misses ${left.join(', ')}. On Debian: apt-get install -y libnss3 libexpat1 libuuid1, then again.`,
  )
}

async function unpackLibraries(folder: string): Promise<void> {
  const half = await mkdtemp(join(tmpdir(), 'crosschat-libraries-'))
  const tar = join(half, 'libraries.tar')
  await inflate(join(MODULES, 'chromium-127', 'bin', 'al2023.tar.br'), tar, 0o600)
  await mkdir(folder, { recursive: true })
  execFileSync('tar', ['-xf', tar, '-C', folder])
  await rm(half, { recursive: true })
}

function missing(program: string, libraries = ''): string[] {
  const env = libraries ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env
  const linked = execFileSync('ldd', [program], { env, encoding: 'utf8' })
  return [...linked.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
}

function stringEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}

export type { Browser, BrowserContext, Page } from '../browsers/node_modules/playwright-core/index.js'
