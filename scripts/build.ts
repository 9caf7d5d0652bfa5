import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { ROOT, runNode } from './child.ts'
import { isMain } from './main.ts'

/**
 * Sources → `dist/`: server and workers are compiled, which gives their types, and joined; the pages are bundled. What is fresh is left alone, so that a
 * second `npm start` is quick; the hash of all that goes in is written last, so that a build cut short is never fresh.
 */

const DIST = join(ROOT, 'dist')
const HASH_FILE = join(DIST, '.build-hash')
const COMPILED = ['server', 'workers']
const INPUTS = [...COMPILED, 'overlay', 'admin', 'scripts/build.ts', 'scripts/join.ts', 'scripts/pages.ts']
const TYPES = '.d.ts'
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.pages.json']
/** All that a build reads of the project, for whoever copies it elsewhere. */
export const READ_BY_BUILD = [...INPUTS, ...SETTINGS]
export const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')

/** Builds when something changed. Throws with the compiler's words when that fails; `dist/` then stays as it was. */
export async function build(): Promise<'built' | 'fresh'> {
  const hash = await sourceHash()
  if (hash === (await builtHash())) return 'fresh'
  await rm(HASH_FILE, { force: true })
  await compile()
  await removeOrphans()
  const [{ joinModules }, { buildPages }] = await Promise.all([import('./join.ts'), import('./pages.ts')])
  await joinModules(DIST)
  await buildPages({ outDir: join(DIST, 'pages') })
  await chmod(join(DIST, 'server', 'index.js'), 0o755)
  await writeFile(HASH_FILE, hash)
  return 'built'
}

async function compile(): Promise<void> {
  const { code, output } = await runNode([TSC, '-p', 'tsconfig.json', '--noEmitOnError', '--emitDeclarationOnly'])
  if (code !== 0) throw new Error(`The sources do not compile.\n${output}`)
}

async function builtHash(): Promise<string | null> {
  return existsSync(HASH_FILE) ? readFile(HASH_FILE, 'utf8') : null
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256')
  const inputs = await Promise.all(INPUTS.map((input) => filesUnder(join(ROOT, input))))
  for (const file of [...inputs.flat().sort(), ...SETTINGS.map((name) => join(ROOT, name))]) {
    hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

/** All files below a folder, or the file itself. */
async function filesUnder(path: string): Promise<string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return [path]
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Takes away the types of a source that is gone. */
async function removeOrphans(): Promise<void> {
  for (const room of COMPILED) {
    for (const file of await filesUnder(join(DIST, room))) {
      if (!file.endsWith(TYPES)) continue
      const source = join(ROOT, relative(DIST, file)).replace(TYPES, '.ts')
      if (!existsSync(source)) await rm(file)
    }
  }
}

if (isMain(import.meta)) {
  const started = Date.now()
  try {
    if ((await build()) === 'built') console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
