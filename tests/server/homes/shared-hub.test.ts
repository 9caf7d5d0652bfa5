import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SharedHub } from '../../../server/homes/shared-hub.ts'
import { openDoors } from '../../help/doors.ts'

const test = suite('homes/shared-hub')

test('tells the pages of all nodes to reload, and counts them all', async () => {
  const doors = await openDoors()
  const client = { name: 'On air', obs: null, since: 1, version: null, engine: null, report: null }
  const overlays = ['on-air', 'on-air', 'another'].map((overlay) => ({ overlay, ...client }))
  const shouted: unknown[] = []
  const hub = new SharedHub(
    doors.house.hub,
    () => ({ overlays, docks: [] }),
    (text) => void shouted.push(JSON.parse(text)),
  )
  // One here, as the stand-in says.
  assert.is(hub.reloadOverlay('cool_channel', 'on-air'), 3)
  assert.equal(shouted, [{ do: 'reload', channelId: 'cool_channel', overlayId: 'on-air' }])
  await doors.close()
})

test.run()
