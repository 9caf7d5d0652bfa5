import { readdir, readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const AUTH = new URL('../../../server/auth/', import.meta.url)
const test = suite('ids')

test('come from no randomness that can be foretold', async () => {
  const files = (await readdir(AUTH)).filter((name) => name.endsWith('.ts'))
  assert.ok(files.length > 5)
  for (const name of files) assert.not.match(await readFile(new URL(name, AUTH), 'utf8'), /Math\.random/, name)
})

test.run()
