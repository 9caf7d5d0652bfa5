import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { qrPath } from '../../../admin/parts/qr.ts'

const test = suite('admin/parts/qr')

test('draws each run of dark modules as one bar', () => {
  assert.is(qrPath([[false, true, true, false, true], [], [true]]), 'M1 0h2v1H1ZM4 0h1v1H4ZM0 2h1v1H0Z')
})

test.run()
