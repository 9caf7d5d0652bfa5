import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildPages } from '../../scripts/pages.ts'

const test = suite<{ folder: string }>('overlay/build')

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-build-'))
})
test.after.each(async ({ folder }) => rm(folder, { recursive: true }))

const build = (outDir: string) => buildPages({ outDir, only: ['overlay'], report: () => {} })

test('fills the page with addresses of files that are there', async ({ folder }) => {
  await build(folder)
  const page = await readFile(join(folder, 'overlay/index.html'), 'utf8')
  const addresses = [...page.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, address]) => address ?? '')
  assert.is(addresses.length, 2)
  for (const address of addresses) assert.ok((await readFile(join(folder, address))).length > 0, address)
  assert.not.match(page, '{{')
})

test('gives the page the build id that the server will name', async ({ folder }) => {
  await build(folder)
  const { build: id }: { build: string } = JSON.parse(await readFile(join(folder, 'build.json'), 'utf8'))
  assert.match(id, /^[0-9a-f]{16}$/)
  const names = await readdir(join(folder, 'assets'))
  const scripts = await Promise.all(
    names
      .filter((name) => /^(?:overlay|home)-/.test(name))
      .map((name) => readFile(join(folder, 'assets', name), 'utf8')),
  )
  assert.ok(scripts.some((script) => script.includes(id)))
})

test('gives the overlay one script, which waits for no other', async ({ folder }) => {
  await build(folder)
  const page = await readFile(join(folder, 'overlay/index.html'), 'utf8')
  const [script = ''] = /assets\/overlay-[^"]+\.js/.exec(page) ?? []
  assert.not.match(await readFile(join(folder, script), 'utf8'), /\bimport\b(?!\()/)
})

test('builds the same from the same sources, and sweeps away what is old', async ({ folder }) => {
  await build(folder)
  const first = await readdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'overlay-OLD.js'), '')
  await build(folder)
  assert.equal(await readdir(join(folder, 'assets')), first)
})

test('names no platform in the overlay’s own code', async ({ folder }) => {
  await build(folder)
  for (const name of await readdir(join(folder, 'assets'))) {
    if (!/\.(js|css)$/.test(name)) continue
    const code = (await readFile(join(folder, 'assets', name), 'utf8')).replace(/[\w.-]+\.(com|net|app)/g, '')
    assert.not.match(code, /twitch|youtube|kick/i, name)
  }
})

test.run()
