import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT } from '../../scripts/child.ts'

const PAGES = ['docs/promises.md', 'SECURITY.md']
/** Of the contract, of what stands below it, of the operations. */
const PROMISES = { C: 6, P: 11, O: 10 }

const test = suite('promises')

for (const page of PAGES) {
  test(`of ${page} name only tests that exist`, async () => {
    const named = [...(await readFile(join(ROOT, page), 'utf8')).matchAll(/`(tests\/[^`]+)`/g)].map(
      ([, path]) => path ?? '',
    )
    assert.ok(named.length > 10)
    assert.equal(
      named.filter((path) => !path.endsWith('.test.ts') || !existsSync(join(ROOT, path))),
      [],
    )
  })
}

test('are all there, each with the test that keeps it and what was measured', async () => {
  const lines = (await readFile(join(ROOT, 'docs/promises.md'), 'utf8')).split('\n')
  for (const [kind, count] of Object.entries(PROMISES)) {
    for (let n = 1; n <= count; n++) {
      const [, , promise, kept, measured] = lines.find((line) => line.startsWith(`| ${kind}${n} |`))?.split('|') ?? []
      assert.ok((promise ?? '').length > 20, `${kind}${n}`)
      assert.match(kept ?? '', /`tests\/[^`]+\.test\.ts`/, `${kind}${n}`)
      assert.ok((measured ?? '').trim() !== '', `${kind}${n}`)
    }
  }
})

test.run()
