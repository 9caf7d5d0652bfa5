import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT, runNode } from '../../scripts/child.ts'
import { removeStripped, strip } from '../../scripts/strip.ts'

const RUN = join(ROOT, 'scripts', 'run-test.mjs')
const FAILING = 'tests/help/failing.ts'
const test = suite('strip')

test('runs what is stripped, and an error names the line of the source', async () => {
  const folder = await strip(['tests/help'])
  const { code, output } = await runNode([RUN, FAILING, folder])
  await removeStripped(folder)
  assert.is(code, 1)
  assert.match(output, /failing\.ts:8/)
  assert.match(output, /failing\.ts:11/)
  assert.not(existsSync(folder))
})

test('a file that was not stripped is not run', async () => {
  const folder = await strip(['tests/scripts'])
  const { code, output } = await runNode([RUN, FAILING, folder])
  await removeStripped(folder)
  assert.is(code, 1)
  assert.match(output, 'ERR_MODULE_NOT_FOUND')
})

test('without a folder it is read as it stands', async () => {
  const { output } = await runNode([RUN, FAILING])
  assert.match(output, /failing\.ts:8/)
})

test.run()
