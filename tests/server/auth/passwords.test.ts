import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_WAITING, Passwords } from '../../../server/auth/passwords.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { threadAddress } from '../../../server/threads.ts'

const test = suite<{ passwords: Passwords }>('auth/passwords')
test.before.each((context) => {
  context.passwords = new Passwords({ cost: 4 })
})
test.after.each(async ({ passwords }) => passwords.close())

/** Of each thread of this process, as Linux tells it. */
function nicenesses(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
  })
}

function remember(threads: Worker[]): Worker {
  const thread = new Worker(threadAddress('password'))
  threads.push(thread)
  return thread
}

/** A thread that writes down what it is asked, and against which cost. */
function watching(asked: string[]): Worker {
  const thread = new Worker(threadAddress('password'))
  const post = thread.postMessage.bind(thread)
  thread.postMessage = (task: { type: string; hash?: string }) => {
    asked.push(`${task.type} ${task.hash?.slice(0, 7) ?? ''}`)
    post(task)
  }
  return thread
}

const isBusy = (error: unknown) =>
  error instanceof CrossChatError && error.code === 'busy' && Number(error.retryAfter) > 0

test('knows the password again, and no other', async ({ passwords }) => {
  const hash = await passwords.hash('correct horse')
  assert.match(hash, /^\$cc1\$2b\$04\$/)
  assert.is(await passwords.verify('correct horse', hash), true)
  assert.is(await passwords.verify('correct horsf', hash), false)
  assert.is.not(await passwords.hash('correct horse'), hash)
})

test('hashes at the real cost where no other is asked for', async () => {
  const real = new Passwords()
  assert.match(await real.hash('correct horse'), /^\$cc1\$2b\$12\$/)
  await real.close()
})

test('counts every byte of a long one', async ({ passwords }) => {
  for (const long of ['a'.repeat(72), '🦦'.repeat(64), 'ä'.repeat(100), 'a\0b'.repeat(40)]) {
    const hash = await passwords.hash(`${long}X`)
    assert.is(await passwords.verify(`${long}X`, hash), true)
    assert.is(await passwords.verify(`${long}Y`, hash), false)
    assert.is(await passwords.verify(long, hash), false)
  }
})

test('takes composed and decomposed letters for the same', async ({ passwords }) => {
  assert.is(await passwords.verify('se\u0301same street', await passwords.hash('s\u00e9same street')), true)
})

test('says no where there is no hash, or none of its own', async ({ passwords }) => {
  const hash = await passwords.hash('correct horse')
  for (const other of [null, '', 'plain', hash.slice(0, -1), hash.slice(4), `$cc9${hash.slice(4)}`]) {
    assert.is(await passwords.verify('correct horse', other), false)
  }
})

test('gives the thread the same work for nobody as for somebody', async () => {
  const asked: string[] = []
  const watched = new Passwords({ cost: 4, start: () => watching(asked) })
  const hash = await watched.hash('correct horse')
  asked.length = 0
  await watched.verify('x', null)
  await watched.verify('x', hash)
  assert.equal(asked, ['compare $2b$04$', 'compare $2b$04$'])
  await watched.close()
})

test('leaves the core to others in between where a crowd waits', async () => {
  const threads: Worker[] = []
  const asked = new Passwords({ cost: 8, start: () => remember(threads) })
  const hash = await asked.hash('correct horse')
  const before = threads[0]?.performance.eventLoopUtilization()
  const answers = Array.from({ length: MAX_WAITING }, (_, nth) => asked.verify(nth % 2 ? 'correct horse' : 'x', hash))
  const right = (await Promise.all(answers)).filter(Boolean).length
  const { idle = 0, active = 0 } = threads[0]?.performance.eventLoopUtilization(before) ?? {}
  await asked.close()
  assert.is(right, MAX_WAITING / 2)
  assert.ok(idle > active / 3, `idle ${idle} ms, busy ${active} ms`)
})

test('turns away whom it would keep waiting', async ({ passwords }) => {
  const asked = Array.from({ length: MAX_WAITING + 4 }, () => passwords.hash('correct horse'))
  const settled = await Promise.allSettled(asked)
  const refused = settled.filter((each) => each.status === 'rejected')
  assert.ok(refused.length >= 4 && refused.length < settled.length, String(refused.length))
  for (const each of refused) assert.ok(isBusy(each.status === 'rejected' && each.reason))
  assert.ok(await passwords.hash('correct horse'))
})

test('goes on with a new thread when the old one dies', async ({ passwords }) => {
  const threads: Worker[] = []
  const dying = new Passwords({ cost: 12, start: () => remember(threads) })
  const waiting = dying.hash('correct horse')
  await threads[0]?.terminate()
  await waiting.then(
    () => assert.unreachable('the thread was ended'),
    (error) => assert.ok(isBusy(error)),
  )
  assert.is(await dying.verify('correct horse', await passwords.hash('correct horse')), true)
  assert.is(threads.length, 2)
  await dying.close()
})

test('is busy once closed', async ({ passwords }) => {
  await passwords.close()
  await passwords.hash('correct horse').then(
    () => assert.unreachable(),
    (error) => assert.ok(isBusy(error)),
  )
})

test('ends its thread when nobody has asked for a while, and starts another for the next', async () => {
  const threads: Worker[] = []
  const passwords = new Passwords({ cost: 4, idleMs: 0, start: () => remember(threads) })
  const first = threads[0]
  assert.ok(first !== undefined)
  // Neither a thread nor a pause of theirs does.
  const keepsGoing = setInterval(() => undefined, 1_000)
  await once(first, 'exit')
  clearInterval(keepsGoing)
  const hash = await passwords.hash('correct horse')
  assert.is(await passwords.verify('correct horse', hash), true)
  assert.ok(threads.length > 1)
  await passwords.close()
})

test('keeps its process going while it hashes, and no longer', async ({ passwords }) => {
  const keepsGoing = () => process.getActiveResourcesInfo().includes('MessagePort')
  await passwords.hash('correct horse')
  assert.not(keepsGoing())
  const again = passwords.hash('correct horse')
  assert.ok(keepsGoing())
  await again
  assert.not(keepsGoing())
})

test('keeps its process going until its thread has ended, also where it was hashing', async ({ passwords }) => {
  await passwords.hash('correct horse')
  const threads: Worker[] = []
  const closing = new Passwords({ cost: 4, start: () => remember(threads) })
  const [thread] = threads
  assert.ok(thread !== undefined)
  const ended = closing.close()
  // The hash that was asked for when it was made may be done before it hears of its end.
  thread.emit('message', { id: 1, result: 'made' })
  assert.ok(process.getActiveResourcesInfo().includes('MessagePort'))
  await ended
})

test('hashes behind everything else of the process', async ({ passwords }) => {
  await passwords.hash('a plain password')
  if (process.platform !== 'linux') return
  const all = nicenesses()
  assert.ok(Math.max(...all) > Math.min(...all), all.join(' '))
})

test.run()
