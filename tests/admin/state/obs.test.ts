import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dragAddress, maskedAddress } from '../../../admin/state/obs.ts'

const test = suite('admin/state/obs')

const URL_WITH_KEY = 'http://localhost:3000/overlay#AbC_d-9'

test('adds what OBS reads on a drop and leaves the key where it is', () => {
  const expected = 'http://localhost:3000/overlay?layer-name=CrossChat&layer-width=600&layer-height=800#AbC_d-9'
  assert.is(dragAddress(URL_WITH_KEY), expected)
})

test('never shows the key, nor how long it is', () => {
  assert.is(maskedAddress(URL_WITH_KEY), `http://localhost:3000/overlay#${'•'.repeat(12)}`)
})

test.run()
