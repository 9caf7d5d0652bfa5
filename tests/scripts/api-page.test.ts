import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT, run } from '../../scripts/child.ts'
import { NOWHERE } from '../help/outside.ts'
import { startServer, temporaryData } from '../help/server.ts'

const page = suite('api-page')

/** The examples of `docs/api.md`, in order, as one program; each answer on lines of its own. */
async function examples(base: string): Promise<string> {
  const text = await readFile(join(ROOT, 'docs', 'api.md'), 'utf8')
  const blocks = Array.from(text.matchAll(/^```sh\n(.*?)^```$/gms), (match) => match[1])
  return ['set -eo pipefail', ...blocks].join('\necho\n').replace(/^BASE=.*$/m, `BASE=${base}`)
}

page('shows examples that run as they stand', async () => {
  if ((await run('curl', ['--version'])).code !== 0) {
    console.log('skipped: the examples of docs/api.md need curl, and there is none')
    return
  }
  const data = await temporaryData()
  const server = await startServer({ dataDir: join(data.path, 'kept'), env: NOWHERE })
  try {
    const { code, output } = await run('bash', ['-c', await examples(server.base)], { cwd: data.path })
    assert.is(code, 0, output)
    assert.not.match(output, '"error":{')
    assert.match(output, '"channel":"pixelpanda"')
    assert.match(output, /^are you there\?$/m)
    assert.match(output, '"accepted":1,"ignored":0,"reasons":[],"duplicates":0,"archived":true')
    assert.match(output, /"seq":2\}/)
    assert.match(output, /"endedAt":\d+/)
  } finally {
    await server.end()
    await data.remove()
  }
})

page.run()
