import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { ROOT } from './child.ts'

/**
 * All TypeScript of the project without its types, for one run of many test files. Each file is a process of its own, and hundreds of them with
 * a module loader of their own would take longer over that than over many a test.
 */

const ROOMS = ['server', 'workers', 'overlay', 'admin', 'scripts', 'tests']
/** Beside the packages: from there they are found. */
const BESIDE = join(ROOT, 'node_modules', '.stripped-')
/** Files open at a time: a process may have a thousand. */
const AT_ONCE = 100
/** As the compiler takes it: an import without `type` stays. */
const COMPILER = { compilerOptions: { verbatimModuleSyntax: true } }
/** A module of the project that another names, as esbuild writes it. */
const NAMED = /(\b(?:from |import |import\())"(\.{1,2}\/[^"]+)"/g

/** Gives the folder for `run-test.mjs`; whoever asked removes it. */
export async function strip(rooms: readonly string[] = ROOMS): Promise<string> {
  const folder = await mkdtemp(BESIDE)
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

/** It goes on to believe that it stands where its source does, and finds there what is beside it. */
async function stripOne(path: string, folder: string): Promise<void> {
  const { href } = pathToFileURL(path)
  const { code } = await transform(await readFile(path, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    define: placeOf(path, href),
    sourcefile: href,
    sourcemap: 'inline',
    sourcesContent: false,
    tsconfigRaw: COMPILER,
  })
  const target = join(folder, stripped(relative(ROOT, path)))
  await mkdir(dirname(target), { recursive: true })
  await writeFile(
    target,
    code.replace(NAMED, (_, before, named) => `${before}"${newName(named, href)}"`),
  )
}

function placeOf(path: string, href: string): Record<string, string> {
  const place = { url: href, filename: path, dirname: dirname(path) }
  return Object.fromEntries(
    Object.entries(place).map(([name, value]) => [`import.meta.${name}`, JSON.stringify(value)]),
  )
}

function newName(named: string, href: string): string {
  return named.endsWith('.ts') ? stripped(named) : new URL(named, href).href
}

function stripped(path: string): string {
  return path.replace(/\.ts$/, '.mjs')
}
