import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OutsideError } from '../../../../workers/fetching.ts'
import { ArrayParser } from '../../../../workers/platforms/youtube/array-parser.ts'

const test = suite('youtube array parser')

/** Braces and quotes in strings, escapes, and characters of two, three and four bytes. */
const OBJECTS = [
  { text: 'plain', deep: { er: [{}, { x: 1 }] } },
  { text: 'a } in { a "string" \\ and }{ more \\" {' },
  { text: 'käse 麺 🍜 \u200d', empty: {}, list: ['}', '{', '\\'] },
  {},
  { 'key {"': '}' },
]
const bytesOf = (text: string) => new TextEncoder().encode(text)
const SAMPLE = bytesOf(`\ufeff[${OBJECTS.map((each) => JSON.stringify(each)).join(',\n')}]`)

test('finds every object, wherever the bytes are cut', () => {
  for (let cut = 0; cut <= SAMPLE.length; cut++) {
    const parser = new ArrayParser()
    const found = [...parser.push(SAMPLE.subarray(0, cut)), ...parser.push(SAMPLE.subarray(cut))]
    assert.equal(
      found.map((text) => JSON.parse(text)),
      OBJECTS,
      `cut at ${cut}`,
    )
  }
})

test('finds every object when each byte comes by itself, as soon as its last byte is there', () => {
  const parser = new ArrayParser()
  const found: unknown[] = []
  SAMPLE.forEach((_, at) => {
    for (const text of parser.push(SAMPLE.subarray(at, at + 1))) {
      found.push(JSON.parse(text))
      assert.is(String.fromCharCode(SAMPLE[at] ?? 0), '}')
    }
  })
  assert.equal(found, OBJECTS)
})

test('does not mind what stands between the objects', () => {
  const parser = new ArrayParser()
  const text = ' \r\n}]{"a":1}\n\n:keep-alive " \n{"b":2},,{"c":3}'
  assert.equal(parser.push(bytesOf(text)), ['{"a":1}', '{"b":2}', '{"c":3}'])
})

test('refuses an object that is larger than it may be, and takes one that is just as large', () => {
  const object = JSON.stringify({ text: 'x'.repeat(80) })
  const parser = new ArrayParser(object.length)
  assert.equal([...parser.push(bytesOf(object.slice(0, -1))), ...parser.push(bytesOf('}'))], [object])
  parser.push(bytesOf(object.slice(0, -1)))
  assert.throws(
    () => parser.push(bytesOf('xx')),
    (error: unknown) => error instanceof OutsideError,
  )
})

test.run()
