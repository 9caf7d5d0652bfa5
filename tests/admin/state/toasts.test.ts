import { mock } from 'node:test'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OK_MS, Toasts } from '../../../admin/state/toasts.ts'

const test = suite('admin/state/toasts')
test.before.each(() => mock.timers.enable({ apis: ['setTimeout'] }))
test.after.each(() => mock.timers.reset())

const texts = ({ list }: Toasts) => list.value.map(({ text }) => text).join()

test('good news go by themselves, errors stay', () => {
  const toasts = new Toasts()
  toasts.ok('saved')
  toasts.failed(new Error('lost'))
  mock.timers.tick(OK_MS)
  assert.is(texts(toasts), 'lost')
})

test('what somebody points at stays, and then has its whole time again', () => {
  const toasts = new Toasts()
  toasts.ok('saved')
  mock.timers.tick(OK_MS - 1)
  toasts.hold(true)
  toasts.ok('sent')
  mock.timers.tick(10 * OK_MS)
  assert.is(texts(toasts), 'saved,sent')
  toasts.hold(false)
  mock.timers.tick(OK_MS - 1)
  assert.is(texts(toasts), 'saved,sent')
  mock.timers.tick(1)
  assert.is(texts(toasts), '')
})

test.run()
