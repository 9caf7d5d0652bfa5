import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ApiError } from '../../../admin/api.ts'
import { EngineWatch, type Sight } from '../../../admin/state/engine-watch.ts'
import type { EngineView } from '../../../server/api/engine.ts'
import { sample } from '../samples.ts'

const test = suite('admin/state/engine-watch')

/** A page that can be hidden, and a server that answers when it is told to. */
function watched() {
  const listeners = new Set<() => void>()
  const sight: Sight & { show(seen: boolean): void } = {
    hidden: false,
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener),
    show(seen) {
      this.hidden = !seen
      for (const listener of listeners) listener()
    },
  }
  const asked: { answer(view: EngineView): void; refuse(error: Error): void }[] = []
  let wake = () => {}
  const ask = () =>
    new Promise<EngineView>((answer, refuse) => {
      asked.push({ answer, refuse })
      wake()
    })
  const watch = new EngineWatch(ask, sight)
  const nextCall = async (n: number) => {
    while (asked.length < n) await new Promise<void>((resolve) => (wake = resolve))
    return asked[n - 1]
  }
  /** What comes after an answer has been worked off. */
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { watch, sight, asked, nextCall, settled, listeners }
}

test('asks again after each answer, one call at a time', async () => {
  const { watch, asked, nextCall } = watched()
  watch.start()
  watch.lookNow()
  assert.is(asked.length, 1)
  asked[0]?.answer(sample(1))
  await nextCall(2)
  assert.is(watch.state.value.samples.length, 1)
  watch.stop()
})

test('asks nothing while the page is hidden, and at once when it is seen again', async () => {
  const { watch, sight, asked, settled } = watched()
  sight.show(false)
  watch.start()
  assert.is(asked.length, 0)
  sight.show(true)
  assert.is(asked.length, 1)
  sight.show(false)
  asked[0]?.answer(sample(1))
  await settled()
  sight.show(true)
  assert.is(asked.length, 2)
  watch.stop()
})

test('tells of a failure, tries again, and at once when asked to', async () => {
  const { watch, asked, settled } = watched()
  watch.start()
  asked[0]?.refuse(new ApiError(0, { message: 'gone' }))
  await settled()
  assert.is(watch.state.value.error?.message, 'gone')
  watch.lookNow()
  assert.is(asked.length, 2)
  asked[1]?.answer(sample(1))
  await settled()
  assert.is(watch.state.value.error, null)
  watch.stop()
})

test('does not ask again where there is nothing for this account', async () => {
  const { watch, asked, settled, sight } = watched()
  watch.start()
  asked[0]?.refuse(new ApiError(404, { code: 'not_found' }))
  await settled()
  sight.show(true)
  assert.is(asked.length, 1)
  watch.stop()
})

test('lets go of the page when it stops', async () => {
  const { watch, asked, settled, listeners } = watched()
  watch.start()
  watch.stop()
  asked[0]?.answer(sample(1))
  await settled()
  assert.is(listeners.size, 0)
  watch.lookNow()
  assert.is(asked.length, 1)
})

test.run()
