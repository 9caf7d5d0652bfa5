import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT, run } from '../../scripts/child.ts'
import { importsOf } from '../../scripts/imports.ts'
import { BUNDLED, LICENCES_PAGE, licenceOf, licencesPage } from '../../scripts/licences-page.ts'
import { type Lock, type Manifest, nameOf, pulledIn, readLock, readManifest } from '../../scripts/locked.ts'

/** Licences that ask for no more than to be named. */
const LICENCES = [
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'CC0-1.0', 'OFL-1.1'],
  ...['MIT OR Apache-2.0', '(Apache-2.0 AND BSD-3-Clause)'],
]

const test = suite<{ lock: Lock; manifest: Manifest; page: string }>('supply chain')
test.before(async (context) => {
  context.lock = await readLock()
  context.manifest = await readManifest()
  context.page = await readFile(join(ROOT, 'docs', 'dependencies.md'), 'utf8')
})

/** The rows of a section's table, as cells. */
function rowsOf(page: string, heading: string): string[][] {
  const section = page.split(/^## /m).find((each) => each.startsWith(heading)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('explains exactly the packages that the server uses, with their licence and what they pull in', ({
  lock,
  manifest,
  page,
}) => {
  const used = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
  const rows = rowsOf(page, 'In the server')
  assert.equal(rows.map(([name]) => name).sort(), used.sort())
  for (const [name = '', what, why, licence, pulls] of rows) {
    assert.ok(what && why, name)
    assert.is(licence, licenceOf(lock, `node_modules/${name}`), name)
    assert.is(Number(pulls), pulledIn(lock, name).length, `${name} pulls in`)
  }
})

test('explains exactly the packages that the build joins into the pages', async ({ lock, page }) => {
  const rows = rowsOf(page, 'In the pages')
  assert.equal(rows.map(([name]) => name).sort(), BUNDLED.toSorted())
  for (const [name = '', , licence] of rows) assert.is(licence, licenceOf(lock, `node_modules/${name}`), name)
  assert.equal(
    [...(await packagesOfPages())].filter((name) => !BUNDLED.includes(name)),
    [],
  )
})

/** Packages that overlay and panel import. */
async function packagesOfPages(): Promise<Set<string>> {
  const names = new Set<string>()
  for (const room of ['overlay', 'admin']) {
    const files = (await readdir(join(ROOT, room), { recursive: true })).filter((file) => /\.tsx?$/.test(file))
    for (const file of files) {
      for (const { specifier, typeOnly } of importsOf(await readFile(join(ROOT, room, file), 'utf8'))) {
        if (typeOnly || specifier.startsWith('.')) continue
        names.add(
          specifier
            .split('/')
            .slice(0, specifier.startsWith('@') ? 2 : 1)
            .join('/'),
        )
      }
    }
  }
  return names
}

test('lists the licence of all that is shipped; when stale, run node --import tsx scripts/licences-page.ts', async () => {
  assert.ok((await readFile(LICENCES_PAGE, 'utf8')) === (await licencesPage()), 'docs/licences.md is stale')
})

test('knows every licence', ({ lock }) => {
  const packages = Object.keys(lock).filter((place) => place !== '')
  assert.equal(
    packages.filter((place) => !LICENCES.includes(licenceOf(lock, place))),
    [],
  )
})

test('locks what package.json names, in exact versions, and runs no scripts', async ({ lock, manifest }) => {
  const named = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }
  for (const [name, version] of Object.entries(named)) assert.is(lock[`node_modules/${name}`]?.version, version, name)
  assert.match(await readFile(join(ROOT, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m)
})

test('prints a bill of all that is shipped, from the lock alone', async ({ lock }) => {
  const { output } = await run('npm', ['run', '-s', 'sbom'])
  const { bomFormat, components } = JSON.parse(output) as { bomFormat: string; components: { purl: string }[] }
  assert.is(bomFormat, 'CycloneDX')
  const shipped = Object.entries(lock).filter(([place, { dev }]) => place !== '' && dev !== true)
  const wanted = new Set(
    shipped.map(([place, { version }]) => `pkg:npm/${nameOf(place).replace('@', '%40')}@${version}`),
  )
  assert.equal(components.map(({ purl }) => purl).sort(), [...wanted].sort())
})

test.run()
