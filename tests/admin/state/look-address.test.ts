import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { stillAddress, withoutCss } from '../../../admin/state/look-address.ts'
import { readQuery } from '../../../overlay/query.ts'
import { readSettings } from '../../../overlay/settings.ts'
import type { ChosenSettings } from '../../../server/look.ts'

const test = suite('admin/state/look-address')

test('gives an address out of which the overlay’s page reads the same settings', () => {
  const settings: ChosenSettings = {
    theme: 'cards',
    textColor: '#9146ff',
    background: 'transparent',
    scale: 0.75,
    lifetime: 0,
    showAvatars: true,
    hideBots: false,
    events: [],
    onlyRoles: ['mod', 'vip'],
    platforms: ['twitch'],
    hideUsers: ['Mossy_Otter', 'Noodle_Knight'],
  }
  const query = readQuery(stillAddress({ ...settings, customCss: 'b {}' }).split('?')[1] ?? '')
  assert.is(query.demo, 'static')
  assert.equal(readSettings(query.rest), { chosen: settings, remarks: [] })
})

test('leaves the custom CSS out, and the key where it was', () => {
  assert.is(withoutCss('/overlay?demo=live#key'), '/overlay?demo=live&safe=1#key')
})

test.run()
