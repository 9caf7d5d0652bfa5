import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { complaintsOf, lookFile, MAX_FILE_BYTES, readLookFile } from '../../../admin/state/look-file.ts'

const test = suite('admin/state/look-file')

test('reads what it wrote', () => {
  const settings = { theme: 'neon' as const, hideUsers: ['Mossy_Otter'] }
  const { name, text } = lookFile('Main – “täglich”', settings)
  assert.is(name, 'main-täglich.look.json')
  assert.equal(readLookFile(text), { settings })
  assert.is(lookFile('…', {}).name, 'overlay.look.json')
})

test('says what is wrong with a file that is none', () => {
  const wrong = (text: string) => {
    const read = readLookFile(text)
    return 'wrong' in read ? read.wrong : 'taken'
  }
  assert.match(wrong('{"kind":'), /not JSON/)
  for (const text of ['[]', 'null', '3', '{"kind":"theme"}']) assert.match(wrong(text), /not a look/)
  assert.match(wrong('{"kind":"crosschat-look","version":2}'), /version 2/)
  assert.match(wrong('{"kind":"crosschat-look","version":1,"settings":[]}'), /no “settings”/)
  assert.match(wrong(`"${'x'.repeat(MAX_FILE_BYTES)}"`), /too large/)
})

test('refuses a number beyond all numbers, which JSON would make a null of on its way', () => {
  const read = (settings: string) => readLookFile(`{"kind":"crosschat-look","version":1,"settings":${settings}}`)
  assert.equal(read('{"theme":"neon","fontSize":1e999}'), {
    wrong: 'Text size: the number is too large. Write a smaller one.',
  })
  assert.match(JSON.stringify(read('{"rainbow":[-1e999]}')), /“rainbow”: the number is too large/)
  assert.equal(read('{"fontSize":1e9}'), { settings: { fontSize: 1e9 } }, 'what is only out of range is for the server')
})

test('names settings as the form does', () => {
  assert.equal(complaintsOf({ 'settings.fontSize': 'Too big', 'settings.rainbow': 'is not known here', body: 'bad' }), [
    'Text size: Too big',
    '“rainbow” is not known here',
    'body: bad',
  ])
})

test.run()
