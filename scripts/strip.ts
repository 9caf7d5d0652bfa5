import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { ROOT } from './child.ts'

/**
 * All TypeScript of the project without its types, for one run of many test files. Each file is a process of its own, and hundreds of them that
 * looked up every module by themselves would take longer over that than over many a test.
 */

const ROOMS = ['server', 'workers', 'overlay', 'admin', 'scripts', 'tests']
const PROJECT = pathToFileURL(`${ROOT}/`).href
/** Files open at a time: a process may have a thousand. */
const AT_ONCE = 100
/** As the compiler takes it: an import without `type` stays. */
const COMPILER = { compilerOptions: { verbatimModuleSyntax: true } }

/** Gives the folder for `run-test.mjs`; whoever asked removes it. */
export async function strip(rooms: readonly string[] = ROOMS): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crosschat-stripped-'))
  const sources = (await Promise.all(rooms.map(sourcesOf))).flat()
  for (let at = 0; at < sources.length; at += AT_ONCE)
    await Promise.all(sources.slice(at, at + AT_ONCE).map((path) => stripOne(path, folder)))
  return folder
}

export async function removeStripped(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

async function sourcesOf(room: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, room), { recursive: true })
  return entries
    .filter((entry) => /(?<!\.d)\.ts$/.test(entry) && !entry.includes('node_modules'))
    .map((entry) => join(ROOT, room, entry))
}

async function stripOne(path: string, folder: string): Promise<void> {
  const { href } = pathToFileURL(path)
  const { code } = await transform(await readFile(path, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: href,
    sourcemap: 'inline',
    sourcesContent: false,
    tsconfigRaw: COMPILER,
  })
  await writeFile(join(folder, encodeURIComponent(href.slice(PROJECT.length))), code)
}
