import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { profileOf } from '../../../admin/state/profile.ts'
import { platforms } from '../../../workers/platforms/index.ts'

const test = suite('admin/state/profile')

test('everybody has a page of their own on each platform', () => {
  const pages = platforms.map(({ about }) => profileOf(about, { id: 'UC77', login: 'night_owl' }))
  assert.equal(pages, [
    'https://www.twitch.tv/night_owl',
    'https://www.youtube.com/channel/UC77',
    'https://kick.com/night_owl',
  ])
})

test('nothing leads anywhere else, whatever somebody is called', () => {
  const about = { profile: 'https://red.example/{login}' }
  assert.is(profileOf(about, { id: '1', login: '../x?y#z' }), 'https://red.example/..%2Fx%3Fy%23z')
  assert.is(profileOf(about, { id: '1' }), null)
  assert.is(profileOf({ profile: '' }, { id: '1', login: 'a' }), null)
  assert.is(profileOf({ profile: 'javascript:{login}' }, { id: '1', login: 'a' }), null)
  assert.is(profileOf(undefined, { id: '1', login: 'a' }), null)
})

test.run()
