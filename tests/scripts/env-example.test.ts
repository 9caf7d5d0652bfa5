import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ENV_EXAMPLE } from '../../scripts/env-example.ts'
import { envExample } from '../../server/config.ts'

const example = suite('env-example')

example('is fresh; otherwise run node --import tsx scripts/env-example.ts', async () => {
  assert.is(await readFile(ENV_EXAMPLE, 'utf8'), envExample())
})

example.run()
