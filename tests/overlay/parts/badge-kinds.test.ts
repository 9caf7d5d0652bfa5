import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pictures } from '../../../overlay/parts/badge-kinds.ts'
import type { Author } from '../../../overlay/words.ts'

const test = suite('overlay/parts/badge-kinds')

const IMAGE = 'https://static-cdn.jtvnw.net/badges/v1/0000/2'
const badge = (id: string, image?: string) => ({ id, label: `label of ${id}`, ...(image !== undefined && { image }) })
const shown = (roles: Author['roles'], ...badges: Author['badges']) =>
  pictures({ id: '1', name: 'Ola', roles, badges }).map(({ name, image }) =>
    image === null ? name : `${name} pictured`,
  )

test('draws each thing that somebody is once, the weightiest first', () => {
  assert.equal(shown(['sub', 'mod'], badge('subscriber/12'), badge('moderator/1')), ['mod', 'sub'])
  assert.equal(shown(['sub', 'vip', 'owner'], badge('owner')), ['owner', 'vip', 'sub'])
})

test('shows the picture of a badge in place of its sign', () => {
  assert.equal(shown(['sub', 'mod'], badge('moderator/1'), badge('subscriber/12', IMAGE)), ['mod', 'sub pictured'])
})

test('shows what stands for no role only where there is a picture of it', () => {
  assert.equal(shown([], badge('bits/100', IMAGE), badge('unheard-of/1')), ['bits pictured'])
  assert.equal(shown(['sub'], badge('bits/100', IMAGE)), ['sub', 'bits pictured'])
})

test('draws a founder as a founder, and not as a subscriber besides', () => {
  assert.equal(shown(['sub'], badge('founder/0')), ['founder'])
})

test('takes pictures from listed hosts alone', () => {
  for (const image of [
    'https://elsewhere.example/x.png',
    'data:image/svg+xml,<svg/>',
    'javascript:1',
    'http://cdn.7tv.app/x',
  ])
    assert.equal(shown(['mod'], badge('moderator/1', image), badge('bits/1', image)), ['mod'])
})

test('is not led astray by what badges may be called', () => {
  for (const id of ['', '/', ' ', '__proto__', 'constructor/1', 'owner broadcaster'])
    assert.equal(shown([], badge(id)), [])
})

test.run()
