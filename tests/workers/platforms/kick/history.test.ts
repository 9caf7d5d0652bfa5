import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type History, historySince, MAX_HISTORY } from '../../../../workers/platforms/kick/history.ts'
import { chatData } from '../../../help/stand-ins/kick.ts'
import { answering } from './answers.ts'

const test = suite('kick history')
const SINCE = Date.parse('2026-05-01T18:00:00Z')
/** Far more than can be written, and no trouble to read. */
const NESTED = 50_000
const never = new AbortController().signal

async function history(answer: unknown): Promise<History> {
  const kick = await answering(answer)
  const settings = { kickRealtimeUrl: `${kick.base}/api/v1/realtime` }
  const ground = {
    settings,
    ms: (ms: number) => ms,
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
  }
  try {
    return await historySince(ground, { channelId: '6006', chatroomId: '5005' }, SINCE, never)
  } finally {
    await kick.close()
  }
}

const said = (id: string, after: number) =>
  chatData({ id, name: 'Noodle_Knight', text: id, at: new Date(SINCE + after).toISOString() })
const ids = ({ frames }: History) => frames.map((frame) => JSON.parse(frame).data.id)

test('gives what was written since, oldest first, wherever the list lies', async () => {
  const list = [said('b', 2_000), said('a', 1_000), said('before', -60_000)]
  for (const answer of [list, { data: list }, { data: { cursor: '', messages: list } }]) {
    const found = await history(answer)
    assert.equal([ids(found), found.whole], [['a', 'b'], true])
  }
})

test('is not whole when it does not reach back far enough, or cannot be had', async () => {
  assert.equal((await history([said('a', 1_000)])).whole, false)
  for (const odd of ['<html>', [], null, 7, { data: [] }, { data: [{ id: 'a' }, null, 7] }])
    assert.equal(await history(odd), { frames: [], whole: false })
})

test('leaves out what is nested too deeply to be written again, and is not whole without it', async () => {
  const deep = JSON.stringify({ ...said('deep', 1_000), metadata: 0 }).replace(
    '"metadata":0',
    `"metadata":${'['.repeat(NESTED)}${']'.repeat(NESTED)}`,
  )
  const found = await history(
    `[${JSON.stringify(said('before', -60_000))},${deep},${JSON.stringify(said('a', 2_000))}]`,
  )
  assert.equal([ids(found), found.whole], [['a'], false])
})

test('looks at so many messages and no more, and passes over what is none', async () => {
  const many = Array.from({ length: MAX_HISTORY + 50 }, (_, n) => said(`m${n}`, n))
  assert.is((await history(many)).frames.length, MAX_HISTORY)
  assert.equal(ids(await history([null, { id: 7 }, said('a', 0), { ...said('b', 0), created_at: 'soon' }])), ['a'])
})

test.run()
