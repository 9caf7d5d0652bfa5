import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EventStreamReader } from '../../overlay/event-stream.ts'

const test = suite('overlay/event-stream')

test('reads frames wherever the stream is cut', () => {
  const text = ': hello\n\ndata: {"a":1}\n\nevent: x\r\nid: 7\r\ndata:{"b":"ü"}\r\n\r\ndata: one\ndata: two\n\n'
  for (let size = 1; size <= text.length; size += 1) {
    const reader = new EventStreamReader()
    const read: string[] = []
    for (let from = 0; from < text.length; from += size) read.push(...reader.push(text.slice(from, from + size)))
    assert.equal(read, ['{"a":1}', '{"b":"ü"}', 'one\ntwo'], `cut every ${size}`)
  }
})

test('keeps a half frame for later', () => {
  const reader = new EventStreamReader()
  assert.equal(reader.push('data: {"a"'), [])
  assert.equal(reader.push(':1}\n'), [])
  assert.equal(reader.push('\n'), ['{"a":1}'])
})

test('refuses a frame without end', () => {
  const reader = new EventStreamReader()
  const piece = 'x'.repeat(1024 * 1024)
  assert.throws(() => {
    for (let i = 0; i < 10; i += 1) reader.push(piece)
  }, /too long/)
})

test.run()
