import { Writable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { StreamSink } from '../../server/log-sink.ts'

const MOST = 100
const test = suite('log-sink')

/** A reader that takes a line only when it is let. */
function slowReader() {
  const read: string[] = []
  const taken: (() => void)[] = []
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      read.push(String(chunk))
      taken.push(done)
    },
  })
  const take = async () => {
    while (taken.length > 0) {
      taken.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { stream, read, take }
}

test('drops and counts what a reader that stands still would make it keep, and never waits', async () => {
  const { stream } = slowReader()
  const sink = new StreamSink(stream, MOST)
  const line = `${'x'.repeat(19)}\n`
  for (let n = 0; n < 1_000; n++) sink.write(line)
  assert.ok(stream.writableLength <= MOST)
  assert.is(sink.dropped, 995)
  assert.is(await sink.flush(5), false)
})

test('tells in the log itself, once it is read again, how many lines are missing', async () => {
  const { stream, read, take } = slowReader()
  const sink = new StreamSink(stream, MOST)
  for (let n = 0; n < 7; n++) sink.write(`${'x'.repeat(19)}\n`)
  await take()
  sink.write('{"msg":"after"}\n')
  await take()
  sink.write('{"msg":"later"}\n')
  await take()
  assert.equal(
    read.slice(-3).map((line) => JSON.parse(line).lines ?? JSON.parse(line).msg),
    [2, 'after', 'later'],
  )
  assert.is(sink.dropped, 2)
})

test('is flushed when all is read', async () => {
  const { stream, take } = slowReader()
  const sink = new StreamSink(stream, MOST)
  assert.is(await sink.flush(0), true)
  sink.write('a line\n')
  const flushed = sink.flush(60_000)
  await take()
  assert.is(await flushed, true)
})

test('lives on without a reader', async () => {
  const { stream } = slowReader()
  const sink = new StreamSink(stream, MOST)
  stream.destroy(new Error('EPIPE'))
  await new Promise((resolve) => setImmediate(resolve))
  sink.write('a line\n')
  assert.is(sink.dropped, 1)
  assert.is(await sink.flush(60_000), false)
})

test.run()
