import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { siteLine } from '../../../admin/state/own-site.ts'

const test = suite('admin/state/own-site')

test('makes of an overlay’s address the line for a page', () => {
  assert.is(
    siteLine('https://chat.example/overlay#AbC_d-9'),
    '<script async src="https://chat.example/embed.js" data-key="AbC_d-9" data-height="600"></script>',
  )
})

test.run()
