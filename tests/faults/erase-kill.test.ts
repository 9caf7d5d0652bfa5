import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HeldView } from '../../server/api/moderation.ts'
import type { PageView } from '../../server/api/shapes.ts'
import type { ErasureView, SearchHit } from '../../server/api/transcripts.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('kill -9 in an erase')
const STREAMS = 12
const LINES = 60
const KILLS = 3
/** Longer than what a time in milliseconds may hold by chance. */
const OWL = { platform: 'twitch', authorId: '94711947119471' }

const hoot = (id: string) =>
  ircLine(id, `hoot of ${id}`, 'Night_Owl').replace('user-id=1001', `user-id=${OWL.authorId}`)
const reply = (id: string) => ircLine(id, `@Night_Owl who says that`)

async function fill(panel: Panel): Promise<string[]> {
  const ids: string[] = []
  for (let nth = 0; nth < STREAMS; nth += 1) {
    ids.push((await panel.startStream(`Night ${nth}`)).id)
    const line = (of: number) => (of % 3 === 0 ? hoot : of % 3 === 1 ? reply : ircLineOf)(`e${nth}-${of}`)
    await panel.pushLines(Array.from({ length: LINES }, (_, of) => line(of)))
    if (nth < STREAMS - 1) await panel.endStream()
  }
  return ids
}
const ircLineOf = (id: string) => ircLine(id, `an owl-free line ${id}`)

const erasure = async (panel: Panel): Promise<ErasureView | undefined> =>
  (await panel.json<{ items: ErasureView[] }>('GET', '/api/viewers/erasures')).items[0]

/** Asks until it is as far as that. */
async function until(panel: Panel, holds: (erasure: ErasureView) => boolean): Promise<ErasureView> {
  for (;;) {
    const now = await erasure(panel)
    if (now !== undefined && holds(now)) return now
  }
}

/** All bytes of all files below a folder. */
async function bytesBelow(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))).join('\n')
}

test('goes on after kills in the middle until nothing of the viewer is left: files, search, queue', async () => {
  const data = await temporaryData()
  let server: RunningServer = await startServer({ dataDir: data.path })
  let panel = await Panel.register(server.base, 'erased_often')
  const rules = await panel.json<object>('GET', '/api/moderation/rules')
  const words = [{ text: 'hoot', match: 'whole', action: 'hold' }]
  await panel.json('PUT', '/api/moderation/rules', { ...rules, words })
  const ids = await fill(panel)
  assert.ok((await panel.json<HeldView>('GET', '/api/moderation/held')).count > 0, 'what waits is theirs')
  await panel.json('POST', '/api/viewers/erase', OWL)
  const places: number[] = []
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const { done } = await until(panel, (now) => now.done >= kill * 4 || now.finishedAt !== null)
    await server.end('SIGKILL')
    places.push(done)
    server = await startServer({ dataDir: data.path })
    panel = panel.at(server.base)
  }
  const done = await until(panel, (now) => now.finishedAt !== null)
  assert.equal([done.done, done.total], [2 * STREAMS, 2 * STREAMS])
  assert.ok(
    places.some((place) => place < done.total),
    'a kill came in the middle',
  )
  for (const id of ids) {
    const transcript = await panel.transcript(id)
    assert.is(transcript.filter(({ kind }) => kind === 'message').length, LINES, 'each row keeps its place')
    assert.not.match(JSON.stringify(transcript), /94711947119471|Night_Owl|night_owl|hoot/)
  }
  assert.equal((await panel.json<PageView<SearchHit>>('GET', '/api/search?q=hoot')).items, [])
  assert.equal((await panel.json<HeldView>('GET', '/api/moderation/held')).items, [])
  assert.not.match(await bytesBelow(join(data.path, 'archive')), /Night_Owl|night_owl|hoot of/)
  tell(`killed after ${places.join(', ')} of ${done.total} steps; nothing of the viewer was left`)
  await server.end('SIGTERM')
  await data.remove()
})

test.run()
