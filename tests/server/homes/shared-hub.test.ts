import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { obey, SharedHub } from '../../../server/homes/shared-hub.ts'
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

test('names pages and docks in the order in which they came, whichever node they came to', async () => {
  const { house, close } = await openDoors()
  const overlay = (since: number) => ({
    ...{ overlay: 'o', name: `page ${since}`, obs: null, since, version: null, engine: null, report: null },
  })
  const dock = (since: number) => ({ dock: 'd', name: `dock ${since}`, obs: null, since })
  const own = { ...house.hub, clients: () => [overlay(2)], docks: () => [dock(2)] }
  const hub = new SharedHub(
    own,
    () => ({ overlays: [overlay(1), overlay(3)], docks: [dock(1)] }),
    () => {},
  )
  const sinceOf = (all: { since: number }[]) => all.map(({ since }) => since)
  assert.equal(
    [sinceOf(hub.clients('c')), sinceOf(hub.docks('c'))],
    [
      [1, 2, 3],
      [1, 2],
    ],
  )
  await close()
})

test('does what the doors of another node said, and passes over words that it does not know', async () => {
  const { house, seen, close } = await openDoors()
  const forgotten: unknown[][] = []
  const here = { hub: house.hub, previews: house.previews, forget: (...whom: unknown[]) => void forgotten.push(whom) }
  const says = new SharedHub(
    house.hub,
    () => ({ overlays: [], docks: [] }),
    (text) => obey(text, here),
  )
  says.withdrawDock('cool_channel', 'beside-obs')
  says.withdrawAccount('noodle_knight', null)
  const done = [
    ['withdrawDock', 'cool_channel', 'beside-obs'],
    ['withdrawAccount', 'noodle_knight', null],
  ]
  assert.equal(seen, [done[0], done[0], done[1], done[1]], 'each of them here, and there')
  for (const unknown of ['sing', 'constructor']) obey(JSON.stringify({ do: unknown }), here)
  assert.is(seen.length, 4)
  const person = { platform: 'twitch', authorId: '1', names: ['noodle_knight'] }
  obey(JSON.stringify({ do: 'forget', channelId: 'cool_channel', person }), here)
  assert.equal(forgotten, [['cool_channel', person]])
  await close()
})

test.run()
