import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openingWords } from '../../server/opening-words.ts'

const test = suite('opening-words')

const url = 'http://localhost:3000/admin/#/setup/abc'
const note = 'valid until an account exists'

test('frames the address in a terminal', () => {
  assert.is(
    openingWords({ url, note }, 80),
    [
      '╭────────────────────────────────────────────────╮',
      '│  Open http://localhost:3000/admin/#/setup/abc  │',
      '│  valid until an account exists                 │',
      '╰────────────────────────────────────────────────╯',
      '',
    ].join('\n'),
  )
})

test('is one plain line through a pipe, and where a frame would break the address', () => {
  const plain = `Open ${url}  (${note})\n`
  assert.is(openingWords({ url, note }, null), plain)
  assert.is(openingWords({ url, note }, 40), plain)
  assert.is(openingWords({ url, note: null }, null), `Open ${url}\n`)
})

test.run()
