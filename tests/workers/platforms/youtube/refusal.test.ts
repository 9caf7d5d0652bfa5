import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OutsideError } from '../../../../workers/fetching.ts'
import { NeedsPerson } from '../../../../workers/platforms/youtube/hindrance.ts'
import { refusal } from '../../../../workers/platforms/youtube/refusal.ts'

const test = suite('youtube refusal')

test('knows a bad key by the words of the refusal, and no words by what is no text', () => {
  const refused = (message: unknown) => refusal({ message }, 400, 'api.example')
  assert.instance(refused('API key not valid.'), NeedsPerson)
  for (const message of ['Bad request.', { toString: 1 }, ['API key'], null, undefined])
    assert.instance(refused(message), OutsideError)
})

test.run()
