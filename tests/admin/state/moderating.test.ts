import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Api } from '../../../admin/api.ts'
import { moderating } from '../../../admin/state/moderating.ts'
import type { Toasts } from '../../../admin/state/toasts.ts'

const test = suite('admin/state/moderating')
const ROW = { event: { id: 'twitch:1' }, withAuthor: false } as unknown as Parameters<
  ReturnType<typeof moderating>['undo']
>[0]

/** Hands whose calls are answered by the test. */
function hands() {
  const asked: string[] = []
  const failed: string[] = []
  let answer: (error?: Error) => void = () => {}
  const call = (what: string) => () => {
    asked.push(what)
    return new Promise<void>((resolve, reject) => {
      answer = (error) => (error ? reject(error) : resolve())
    })
  }
  const api = { hide: call('hide'), unhide: call('unhide') } as unknown as Api
  const toasts = { failed: ({ message }: Error) => void failed.push(message) } as unknown as Toasts
  return { made: moderating({ api, toasts }), asked, failed, answer: (error?: Error) => answer(error) }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

test('an undo that is quicker than the answer about what it takes back waits for it', async () => {
  const { made, asked, answer } = hands()
  made.hide(ROW)
  made.undo(ROW)
  made.hide(ROW)
  assert.equal(asked, ['hide'], 'and nothing is asked twice')
  answer()
  await soon()
  assert.equal(asked, ['hide', 'unhide'])
})

test('what follows a call that failed is asked all the same', async () => {
  const { made, asked, failed, answer } = hands()
  made.hide(ROW)
  made.undo(ROW)
  answer(new Error('no'))
  await soon()
  assert.equal([asked, failed], [['hide', 'unhide'], ['no']])
  answer()
  await soon()
  made.hide(ROW)
  assert.equal(asked.length, 3)
})

test.run()
