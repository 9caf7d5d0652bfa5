import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView } from '../../../server/api/overlays.ts'
import { LIMITS } from '../../../server/middleware/rate.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, type Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors; visitor: Visitor }>('routes/waiting-file')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
})
test.after.each(async ({ doors }) => doors.close())

const made = async (visitor: Visitor, name: string) =>
  jsonOf<OverlayView>(await visitor.call('POST', '/api/overlays', { name }))

test('gives one file that knows the overlay’s address and nothing else to fetch', async ({ doors, visitor }) => {
  const { id, url } = await made(visitor, 'Main camera')
  const answer = await visitor.call('GET', `/api/overlays/${id}/waiting-file`)
  assert.is(answer.status, 200)
  assert.is(answer.headers['content-type'], 'text/html; charset=utf-8')
  assert.is(answer.headers['content-disposition'], 'attachment; filename="crosschat-main-camera.html"')
  assert.is(answer.headers['cache-control'], 'no-store')
  assert.ok(answer.text.includes(JSON.stringify(url)))
  assert.ok(answer.text.includes(`connect-src http://127.0.0.1:${doors.port}"`))
  assert.not.match(answer.text, / src=| href=|@import/)
})

test('names the file by what a file may be called', async ({ visitor }) => {
  for (const [name, file] of [
    ['Süße "Szene" /../x', 'crosschat-su-e-szene-x.html'],
    ['チャット', 'crosschat-overlay.html'],
    ['a\r\nX: y', 'crosschat-a-x-y.html'],
    [`${'long '.repeat(9)}`, 'crosschat-long-long-long-long-long-long-long-long.html'],
  ]) {
    const { id } = await made(visitor, name ?? '')
    const answer = await visitor.call('GET', `/api/overlays/${id}/waiting-file`)
    assert.is(answer.headers['content-disposition'], `attachment; filename="${file}"`)
  }
})

test('lets any page ask whether the server is there, and learn nothing more', async ({ doors }) => {
  const answer = await ask(doors.port, { path: '/healthz', headers: { origin: 'null' } })
  assert.is(answer.headers['access-control-allow-origin'], '*')
  const ready = await ask(doors.port, { path: '/readyz', headers: { origin: 'null' } })
  assert.is(ready.headers['access-control-allow-origin'], undefined)
})

test('asks the open pages to load anew, twenty times a minute', async ({ doors, visitor }) => {
  const { id } = await made(visitor, 'Side')
  const reload = () => visitor.call('POST', `/api/overlays/${id}/reload`)
  const answer = await reload()
  assert.is(answer.status, 200)
  assert.equal(jsonOf(answer), { pages: 1 })
  assert.equal(doors.seen.at(-1)?.slice(2), [id])
  for (let call = 1; call < LIMITS.reload.points; call++) await reload()
  const late = await reload()
  assert.is(late.status, 429)
  assert.is(codeOf(late), 'too_many')
})

test.run()
