import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/child.ts'

/** What is looked at in the sources, because nobody can see it from outside. */

const LOCKS = ['package-lock.json', 'tests/browsers/package-lock.json', 'tests/bench/package-lock.json']
/** The bundler of the build puts its binary in place. It is in no installation that only runs. */
const RUNS_SOMETHING = ['node_modules/esbuild']
/** Where chance makes pauses or an order, that nothing comes back or is begun all at once, and no secret. */
const CHANCE = [
  'server/homes/homeless.ts',
  'server/routes/waiting-file.ts',
  'workers/backoff.ts',
  'workers/publish.ts',
  'workers/queue/mutex.ts',
  'workers/unified.worker.ts',
]

interface Locked {
  integrity?: string
  dev?: boolean
  hasInstallScript?: boolean
}

const test = suite('threats/house')

test('holds every package to one version and its sum, and lets none run anything when it is installed', async () => {
  for (const lock of LOCKS) {
    const { packages }: { packages: Record<string, Locked> } = JSON.parse(await readFile(join(ROOT, lock), 'utf8'))
    const names = Object.keys(packages).filter((name) => name !== '')
    assert.ok(names.length > 0, lock)
    for (const name of names) {
      const { integrity = '', dev = false, hasInstallScript = false } = packages[name] ?? {}
      assert.match(integrity, /^sha512-/, `${name} in ${lock}`)
      if (hasInstallScript)
        assert.ok(dev && RUNS_SOMETHING.includes(name), `${name} runs a script when it is installed`)
    }
  }
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    assert.match(String(version), /^\d+\.\d+\.\d+$/, name)
})

test('leaves nothing but pauses and an order of work to Math.random', async () => {
  const found: string[] = []
  for (const folder of ['server', 'workers']) {
    for (const name of await readdir(join(ROOT, folder), { recursive: true })) {
      const path = `${folder}/${name.replaceAll('\\', '/')}`
      if (path.endsWith('.ts') && (await readFile(join(ROOT, path), 'utf8')).includes('Math.random')) found.push(path)
    }
  }
  assert.equal(found.sort(), CHANCE)
})

test.run()
