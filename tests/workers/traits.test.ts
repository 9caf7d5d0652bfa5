import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { capitals, type Said } from '../../workers/traits.ts'

const test = suite('traits')

function said(text: string): Said {
  const author = { id: '7', name: 'Noodle_Knight', roles: [], badges: [] }
  const about = { id: 'testtube:1', platform: 'testtube', at: 1, receivedAt: 1 }
  return { ...about, kind: 'message', author, text, parts: [{ type: 'text', text }] }
}

test('counts capitals the same in plain text and in text of any script', () => {
  for (const [text, letters, upper] of [
    ['', 0, 0],
    ['1234 !?[]`{}@', 0, 0],
    ['AZ az', 4, 2],
    ['LOUD otter', 9, 4],
    ['LOUD otter \u{1f9a6}', 9, 4],
    ['ÄÖÜ äöü ß', 7, 3],
    ['ПРИВЕТ otter', 11, 6],
  ] as const) {
    const share = letters === 0 ? 0 : (upper / letters) * 100
    assert.equal(capitals(said(text)), { letters, share }, text)
  }
})

test.run()
