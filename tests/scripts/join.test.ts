import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf } from '../../scripts/imports.ts'
import { joinModules } from '../../scripts/join.ts'

const ENTRIES = [
  'server/index.js',
  'server/public.js',
  'workers/archive.worker.js',
  'workers/password.worker.js',
  'workers/unified.worker.js',
]

const test = suite<{ folder: string }>('join')
test.before(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'crosschat-joined-'))
  await mkdir(join(context.folder, 'server'))
  await writeFile(join(context.folder, 'server', 'of-before.js'), '')
  await writeFile(join(context.folder, 'server', 'public.d.ts'), '')
  await joinModules(context.folder)
})
test.after(({ folder }) => rm(folder, { recursive: true, force: true }))

async function filesOf(folder: string): Promise<string[]> {
  const names = await Promise.all(
    ['server', 'workers'].map(async (room) => (await readdir(join(folder, room))).map((name) => `${room}/${name}`)),
  )
  return names.flat().sort()
}

test('leaves what starts under its name, what is shared beside the server, and nothing of an older build', async ({
  folder,
}) => {
  const files = await filesOf(folder)
  const own = files.filter((file) => !/^server\/shared-\w+\.js$/.test(file))
  assert.equal(own, [...ENTRIES, 'server/public.d.ts'].sort())
})

test('imports packages that are modules, and requires the others', async ({ folder }) => {
  const imported = new Set<string>()
  const required = new Set<string>()
  for (const file of (await filesOf(folder)).filter((each) => each.endsWith('.js'))) {
    const text = await readFile(join(folder, file), 'utf8')
    for (const { specifier } of importsOf(text)) if (/^(?!node:)[^./]/.test(specifier)) imported.add(specifier)
    for (const [, name = ''] of text.matchAll(/module\.exports = __require\("([^"]+)"\)/g)) required.add(name)
  }
  assert.equal([...imported].sort(), ['bcryptjs', 'koa-session', 'zod'])
  for (const name of ['koa', 'nedb-promises', 'pg', 'ws']) assert.ok(required.has(name), name)
})

test.run()
