import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { asBackdrop, MAX_BACKDROP_BYTES } from '../../../admin/state/backdrop-file.ts'

const test = suite('admin/state/backdrop-file')

/** The first bytes of a file of each kind. */
const HEADS: readonly [string, string][] = [
  ['image/png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image/jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image/webp', 'RIFF\x24\0\0\0WEBPVP8 '],
  ['image/avif', '\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf'],
  ['image/avif', '\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf'],
]
const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

test('knows a picture by its bytes, whatever it calls itself', async () => {
  for (const [type, head] of HEADS) {
    const picture = await asBackdrop(new Blob([bytes(head)], { type: 'text/html' }))
    assert.is(picture instanceof Blob && picture.type, type)
  }
})

test('takes no SVG, no HTML and nothing else, whatever they call themselves', async () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<!doctype html><b>',
    'GIF89a',
    'RIFF1234WAVE',
    '',
  ]) {
    const answer = await asBackdrop(new Blob([text], { type: 'image/png' }))
    assert.match('wrong' in answer ? answer.wrong : '', /PNG, JPEG, WebP or AVIF/)
  }
})

test('says how large a picture is that is too large', async () => {
  const answer = await asBackdrop(new Blob([bytes(HEADS[0]?.[1] ?? ''), new Uint8Array(MAX_BACKDROP_BYTES)]))
  assert.is('wrong' in answer && answer.wrong, 'The picture has 8.1 MiB; up to 8 MiB can be kept. Save it smaller.')
})

test.run()
