import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../../server/errors.ts'
import { linesOf, MAX_STRETCHES, onlyLines } from '../../../../server/routes/exports/lines.ts'
import type { Archived } from '../../../../server/stores/archive.ts'
import { message } from '../../../help/doors.ts'

const test = suite('routes/exports/lines')
const gap: Archived = { kind: 'gap', count: 2, at: 0, reason: 'disk full' }

/** Lines 1 to 9 in pages of three, with a gap behind 4. */
function transcript() {
  const asked: (string | null)[] = []
  const entries = Array.from({ length: 9 }, (_, nth) => message(nth + 1, `line ${nth + 1}`))
  const items: Archived[] = [...entries.slice(0, 4), gap, ...entries.slice(4)]
  const pages = async (cursor: string | null) => {
    asked.push(cursor)
    const at = Number(cursor ?? 0)
    return { items: items.slice(at, at + 3), next: at + 3 < items.length ? String(at + 3) : null }
  }
  return { pages, asked }
}

async function read(lines: string) {
  const { pages, asked } = transcript()
  const only = onlyLines(linesOf(lines), pages)
  const found: (number | 'gap')[] = []
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page: Awaited<ReturnType<typeof only>> = await only(cursor)
    found.push(...page.items.map((item) => (item.kind === 'gap' ? ('gap' as const) : item.seq)))
    cursor = page.next
  }
  return { found, asked: asked.length }
}

test('gives single lines and stretches, in order, with the gap inside a stretch', async () => {
  assert.equal((await read('7,2-5')).found, [2, 3, 4, 'gap', 5, 7])
  assert.equal((await read('4,5')).found, [4, 5])
  assert.equal((await read('12')).found, [])
})

test('reads nothing behind the last line', async () => {
  assert.equal(await read('2-3'), { found: [2, 3], asked: 1 })
})

test('gives the same when it is read once more', async () => {
  const { pages } = transcript()
  const only = onlyLines(linesOf('3-6'), pages)
  const first = await only(null)
  const second = await only(first.next)
  assert.equal(await only(first.next), second)
  assert.is(second.items[1]?.kind, 'gap')
})

test('refuses what names no lines, and too many', () => {
  const refused = (text: string) => {
    try {
      linesOf(text)
      return null
    } catch (error) {
      return error instanceof CrossChatError ? error.code : error
    }
  }
  for (const text of ['x', '1-', '5-4', '1,,2', '-1', '1 2']) assert.is(refused(text), 'bad_request', text)
  assert.is(refused(Array.from({ length: MAX_STRETCHES }, (_, nth) => nth).join(',')), null)
  assert.is(refused(Array.from({ length: MAX_STRETCHES + 1 }, (_, nth) => nth).join(',')), 'bad_request')
})

test.run()
