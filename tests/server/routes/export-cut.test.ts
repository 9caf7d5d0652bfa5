import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamView } from '../../../server/api.ts'
import { removeAccount } from '../../../server/routes/remove-account.ts'
import { archive, type Doors, jsonOf, member, message, openDoors, type Visitor } from '../../help/doors.ts'

/** More than the sockets on the way take: the file is still being made while its reader waits. */
const BATCHES = 4
const BATCH = 2_500
const WORDS = 'otters are better than noodles '.repeat(30)

const test = suite<{ doors: Doors; visitor: Visitor; id: string }>('routes/export-cut')
test.before.each(async (context) => {
  context.doors = await openDoors()
  context.visitor = await member(context.doors.port, 'Otter')
  const { visitor, doors } = context
  context.id = jsonOf<StreamView>(await visitor.call('POST', '/api/streams', { title: 'one' })).id
  for (let nth = 0; nth < BATCHES; nth += 1) {
    const events = Array.from({ length: BATCH }, (_, of) => message(nth * BATCH + of + 1, WORDS))
    await archive(doors.stores, context.id, events)
  }
  await visitor.call('POST', '/api/streams/live/end')
})
test.after.each(async ({ doors }) => doors.close())

/** A file whose reader has seen its beginning and reads no further until `rest`. */
async function begun({ port, cookie }: Visitor, path: string, headers = {}): Promise<{ rest(): Promise<boolean> }> {
  const asked = request({ host: '127.0.0.1', port, path, headers: { ...(cookie && { cookie }), ...headers } }).end()
  const [res]: IncomingMessage[] = await once(asked, 'response')
  assert.is(res?.statusCode, 200)
  return {
    /** Whether it came whole. */
    rest: async () => {
      const ended = new Promise<void>((resolve) => res?.once('close', resolve))
      // Being cut off is an error of the answer; its close says it too.
      res?.on('error', () => {}).resume()
      await ended
      return res?.complete === true
    },
  }
}

const exportOf = (id: string) => `/api/streams/${id}/export?format=jsonl`

test('gives a slow reader the whole file', async ({ visitor, id }) => {
  assert.is(await (await begun(visitor, exportOf(id))).rest(), true)
})

test('cuts a file off when its stream is deleted', async ({ visitor, id }) => {
  const file = await begun(visitor, exportOf(id))
  assert.is((await visitor.call('DELETE', `/api/streams/${id}`)).status, 204)
  assert.is(await file.rest(), false)
})

test('cuts files off when their account is removed', async ({ doors, visitor, id }) => {
  const files = [await begun(visitor, exportOf(id)), await begun(visitor, '/api/search/export?format=jsonl&q=otters')]
  const account = await doors.stores.accounts.byHandle('otter')
  assert.ok(account !== null)
  await removeAccount(doors.house, account)
  for (const file of files) assert.is(await file.rest(), false)
})

test('gives no file that looks whole where all of it goes while its last page is read', async ({
  doors,
  visitor,
  id,
}) => {
  const account = await doors.stores.accounts.byHandle('otter')
  assert.ok(account !== null)
  const { page } = doors.stores.archive
  let pages = 0
  doors.stores.archive.page = async (...asked) => {
    pages += 1
    if (pages === 3) await removeAccount(doors.house, account)
    return pages === 3 ? { items: [], next: null } : page.call(doors.stores.archive, ...asked)
  }
  assert.is(await (await begun(visitor, exportOf(id))).rest(), false)
  assert.is(pages, 3)
})

test('cuts the file of an API key off when the key is withdrawn', async ({ visitor, id }) => {
  const made = await visitor.call('POST', '/api/keys', { name: 'a program', scopes: ['read'] })
  const { key, ...view } = jsonOf<{ key: string; id: string }>(made)
  const file = await begun(visitor, exportOf(id), { cookie: '', authorization: `Bearer ${key}` })
  assert.is((await visitor.call('DELETE', `/api/keys/${view.id}`)).status, 204)
  assert.is(await file.rest(), false)
})

test.run()
