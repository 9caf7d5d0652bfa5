import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../server/log.ts'
import { LogTail, TAIL_LINE_CHARS, TAIL_LINES } from '../../server/log-tail.ts'

const test = suite('log-tail')

test('keeps what the log writes, beside where it goes, and no more than so many lines', () => {
  const written: string[] = []
  const tail = new LogTail()
  const log = createLog('debug', { write: (line) => void written.push(line) }, tail)
  for (let n = 1; n <= TAIL_LINES + 5; n++) log.debug({ n }, 'line')
  log.trace('not at this level')
  assert.is(written.length, TAIL_LINES + 5)
  const { items, last } = tail.read(0, 'trace', TAIL_LINES * 2)
  assert.equal([items.length, items[0]?.n, last], [TAIL_LINES, 6, TAIL_LINES + 5])
  assert.equal(items.at(-1)?.more, `{"n":${TAIL_LINES + 5}}`)
})

test('gives the newest of those that are bad enough', () => {
  const tail = new LogTail()
  const log = createLog('info', { write: () => {} }, tail)
  for (const n of [1, 2, 3]) {
    log.info(`info ${n}`)
    log.error(`error ${n}`)
  }
  assert.equal(
    tail.read(0, 'warn', 2).items.map(({ message }) => message),
    ['error 2', 'error 3'],
  )
  assert.equal(
    tail.read(4, 'info', 9).items.map(({ message }) => message),
    ['info 3', 'error 3'],
  )
})

test('knows the last error also when newer lines have pushed it out', () => {
  const tail = new LogTail()
  const log = createLog('info', { write: () => {} }, tail)
  assert.is(tail.lastError, null)
  log.error('it broke')
  for (let n = 0; n <= TAIL_LINES; n++) log.info('a line with "level":"error" in it')
  assert.equal([tail.lastError?.level, tail.lastError?.message], ['error', 'it broke'])
})

test('cuts a line that is too long, and still knows its level and time', () => {
  const tail = new LogTail()
  createLog('info', { write: () => {} }, tail).warn({ long: 'x'.repeat(TAIL_LINE_CHARS) }, 'words')
  const [line] = tail.read(0, 'warn', 1).items
  assert.is(line?.level, 'warn')
  assert.ok((line?.at ?? 0) > 0)
  assert.ok((line?.message.length ?? 0) <= TAIL_LINE_CHARS + 1)
})

test.run()
