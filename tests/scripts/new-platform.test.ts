import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TSC } from '../../scripts/build.ts'
import { ROOT, runNode } from '../../scripts/child.ts'
import { checkFloors } from '../../scripts/floors.ts'
import { newPlatform, registerLines } from '../../scripts/new-platform.ts'

const platform = suite<{ root: string }>('new-platform')
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
const NEIGHBOURS = [
  'message.ts',
  'control.ts',
  'about.ts',
  'followed.ts',
  'job.ts',
  'ruled.ts',
  'text.ts',
  'words.ts',
  'backoff.ts',
  'wire.ts',
  'platforms/platform.ts',
]

/** A small house with the walls that a platform touches. */
platform.before.each(async (context) => {
  context.root = await mkdtemp(join(tmpdir(), 'crosschat-platform-'))
  await mkdir(join(context.root, 'workers', 'platforms'), { recursive: true })
  for (const file of NEIGHBOURS) await cp(join(ROOT, 'workers', file), join(context.root, 'workers', file))
  await symlink(join(ROOT, 'node_modules'), join(context.root, 'node_modules'))
  // Beside it, so that nothing else is looked at: in the project itself, other tests make and remove files meanwhile.
  await cp(join(ROOT, 'biome.json'), join(context.root, 'biome.json'))
  await writeFile(join(context.root, 'package.json'), '{ "type": "module" }')
  const settings = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: true, rootDir: '.' },
    include: ['**/*.ts'],
  }
  await writeFile(join(context.root, 'tsconfig.json'), JSON.stringify(settings))
})
platform.after.each(({ root }) => rm(root, { recursive: true }))

platform('makes a folder that compiles, keeps to its floor and passes its own test', async ({ root }) => {
  const files = await newPlatform(root, 'owlcast', "Owl's Cast")
  assert.ok(files.includes('workers/platforms/owlcast/index.ts'))
  const types = await runNode([TSC, '-p', root])
  assert.is(types.output, '')
  const lint = await runNode([BIOME, 'check', '--colors=off', 'workers/platforms/owlcast', 'tests'], { cwd: root })
  assert.is(lint.code, 0, lint.output)
  assert.equal(await checkFloors(root), [])
  const tests = await runNode(['--import', 'tsx', 'tests/workers/platforms/owlcast/normalise.test.ts'], { cwd: root })
  assert.match(tests.output, /Passed: +6/)
})

platform('refuses an id that does not fit, and writes nothing', async ({ root }) => {
  for (const id of ['', 'Owl', '../owl', 'o', '7tv'])
    assert.match(await refusal(newPlatform(root, id, 'Owl')), `An id is 2 to 31 small letters and digits`)

  assert.equal(await readdir(join(root, 'workers', 'platforms')), ['platform.ts'])
})

platform('refuses a platform that is there already', async ({ root }) => {
  await newPlatform(root, 'owlcast', 'Owl')
  assert.is(await refusal(newPlatform(root, 'owlcast', 'Owl')), 'There is a platform "owlcast" already.')
})

platform('says which line to add', () => {
  assert.match(registerLines('owlcast'), "import { owlcast } from './owlcast/index.ts'")
})

async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it did not refuse',
    (error: Error) => error.message,
  )
}

platform.run()
