import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allowedImage, IMAGE_HOSTS } from '../../../overlay/parts/images.ts'

const test = suite('overlay/parts/images')

test('takes https addresses of the listed hosts', () => {
  for (const host of IMAGE_HOSTS) {
    const address = `https://${host.replace('*', 'lh3')}/emote/1`
    assert.is(allowedImage(address), address)
  }
  assert.is(allowedImage('/assets/heart-ABCD1234.svg'), '/assets/heart-ABCD1234.svg')
})

test('refuses every other address', () => {
  const hostile = [
    'https://evil.example/x.png',
    'http://cdn.7tv.app/x',
    '//cdn.7tv.app/x',
    'https://cdn.7tv.app.evil.example/x',
    'https://evil.example/cdn.7tv.app',
    'https://cdn.7tv.app@evil.example/x',
    'https://user@cdn.7tv.app/x',
    'https://cdn.7tv.app:8443/x',
    'https://evilgoogleusercontent.com/x',
    'data:image/svg+xml,<svg/>',
    'javascript:alert(1)',
    'blob:https://cdn.7tv.app/1',
    '/assets/../api/auth/logout',
    '/assets/x.svg?y',
    '../x',
    '',
    `https://cdn.7tv.app/${'x'.repeat(3_000)}`,
  ]
  for (const address of hostile) assert.is(allowedImage(address), null, address)
  assert.is(allowedImage(undefined), null)
})

test.run()
