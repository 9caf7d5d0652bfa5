import { existsSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runDelay } from '../../server/run-delay.ts'
import { ownThread } from '../../workers/own-thread.ts'

const test = suite('run delay')
const TOLD = existsSync('/proc/self/schedstat')

test('of a thread of this process is told where the system says it, and only grows', () => {
  const thread = ownThread()
  assert.is(thread !== null, existsSync('/proc/thread-self'))
  const before = runDelay(thread)
  if (TOLD) assert.ok(before > 0)
  else assert.is(before, 0)
  assert.ok(runDelay(thread) >= before)
})

test('is nothing for a thread that nobody knows, or that has ended', () => {
  assert.is(runDelay(null), 0)
  assert.is(runDelay(2 ** 22 + 1), 0)
})

test.run()
