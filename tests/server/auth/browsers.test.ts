import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeBrowser } from '../../../server/auth/browsers.ts'

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)'
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const SEEN: Readonly<Record<string, string>> = {
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0': 'Firefox on Linux',
  [`${WINDOWS} ${KIT} Chrome/127.0.0.0 Safari/537.36`]: 'Chrome on Windows',
  [`${WINDOWS} ${KIT} Chrome/127.0.0.0 Safari/537.36 Edg/127.0.0.0`]: 'Edge on Windows',
  [`${WINDOWS} ${KIT} Chrome/127.0.0.0 Safari/537.36 OPR/113.0.0.0`]: 'Opera on Windows',
  [`${WINDOWS} ${KIT} Chrome/103.0.5060.134 Safari/537.36 OBS/30.2.3`]: 'OBS on Windows',
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15`]: 'Safari on macOS',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1':
    'Safari on an iPhone',
  [`Mozilla/5.0 (Linux; Android 14; K) ${KIT} Chrome/127.0.0.0 Mobile Safari/537.36`]: 'Chrome on Android',
  'curl/8.5.0': 'A program',
  '': 'A program',
  '<script>alert(1)</script> Firefox/1': 'Firefox',
}

const test = suite('auth/browsers')
for (const [userAgent, words] of Object.entries(SEEN)) {
  test(`says ${words} of ${userAgent.slice(0, 40) || 'nothing'}`, () => assert.is(describeBrowser(userAgent), words))
}
test.run()
