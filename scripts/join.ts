import { readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { BuildOptions, Plugin } from 'esbuild'
import { build } from 'esbuild'
import { ROOT } from './child.ts'

/**
 * Joins the modules of server and workers into a few files, so that a start reads those and not four hundred: it takes half the time. What
 * starts keeps its name and place; what several of them share stands beside the server, for modules look for `../pages` and `../workers`.
 * Packages stay outside, where they are audited and mended.
 */

const STARTED = ['server/index.ts', 'server/public.ts']
const WORKER = '.worker.ts'
const JOINED = ['server', 'workers']
/** In each file: how a package that is no module of its own is asked for. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);"

export async function joinModules(outDir: string): Promise<void> {
  const options = await optionsFor(outDir)
  const { metafile } = await build({ ...options, metafile: true })
  await removeOthers(outDir, new Set(Object.keys(metafile.outputs).map((path) => resolve(ROOT, path))))
}

async function optionsFor(outDir: string): Promise<BuildOptions> {
  const workers = (await readdir(join(ROOT, 'workers'))).filter((name) => name.endsWith(WORKER))
  return {
    absWorkingDir: ROOT,
    entryPoints: [...STARTED, ...workers.map((name) => `workers/${name}`)],
    outbase: '.',
    outdir: outDir,
    chunkNames: 'server/shared-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: REQUIRE },
    plugins: [packages],
    logLevel: 'silent',
  }
}

/**
 * A package of the older form is required: an import of one parses all its files for their names before they run, which takes longer than
 * running them.
 */
const packages: Plugin = {
  name: 'packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer }) => {
      if (kind === 'entry-point') return null
      if (kind === 'require-call' || path.startsWith('node:') || (await isModule(path, importer)))
        return { path, external: true }
      return { path, namespace: 'required' }
    })
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)})`,
    }))
  },
}

/** Says the package that a path begins with of itself that its files are modules? */
async function isModule(path: string, importer: string): Promise<boolean> {
  const name = path.split('/').slice(0, path.startsWith('@') ? 2 : 1)
  const folders = createRequire(importer).resolve.paths(path) ?? []
  for (const folder of folders) {
    const text = await readFile(join(folder, ...name, 'package.json'), 'utf8').catch(() => null)
    if (text !== null) return (JSON.parse(text) as { type?: string }).type === 'module'
  }
  return false
}

/** What an older build left would be shipped. */
async function removeOthers(outDir: string, written: ReadonlySet<string>): Promise<void> {
  for (const room of JOINED) {
    const entries = await readdir(join(outDir, room), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    for (const file of files) if (file.endsWith('.js') && !written.has(file)) await rm(file)
  }
}
