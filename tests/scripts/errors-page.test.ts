import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ERRORS_PAGE, errorsPage } from '../../scripts/errors-page.ts'

const page = suite('errors-page')

page('is fresh; otherwise run node --import tsx scripts/errors-page.ts', async () => {
  assert.is(await readFile(ERRORS_PAGE, 'utf8'), errorsPage())
})

page('gives every error its status and its sentence', () => {
  assert.match(errorsPage(), '| `no_stream` | 409 | No stream is running. |')
})

page.run()
