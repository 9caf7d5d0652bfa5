import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { healthOf } from '../../../admin/state/health.ts'
import type { InstanceView } from '../../../server/api/instance.ts'

const test = suite('admin/state/health')

const VIEW: InstanceView = {
  version: '1.0.0',
  uptime: 60,
  memory: { rss: 2 ** 27, heapUsed: 2 ** 25, external: 0 },
  accounts: 1,
  liveStreams: 1,
  unready: [],
  disk: { free: 2 ** 36, total: 2 ** 37 },
  store: 'folder',
  folder: '/data',
  backup: null,
  platforms: [],
  settings: { registration: 'open', registrationFrom: null, limits: { bytes: 1, overlays: 1, keys: 1, pushes: 1 } },
  addresses: { listening: '127.0.0.1:3000', printed: 'http://127.0.0.1:3000', origins: [] },
}
const of = (change: Partial<InstanceView>, label: string) =>
  healthOf({ ...VIEW, ...change }, null).find((each) => each.label === label)

test('tells of a worker that is not ready, and why', () => {
  assert.equal([of({}, 'Worker')?.value, of({}, 'Worker')?.tone], ['Running', 'ok'])
  const told = of({ unready: ['the worker is being started'] }, 'Worker')
  assert.equal([told?.value, told?.more, told?.tone], ['Not ready', 'the worker is being started', 'err'])
})

test('warns of a disk before it is full', () => {
  const tone = (share: number) => of({ disk: { free: share * 1_000, total: 1_000 } }, 'Disk')?.tone
  assert.equal([tone(0.5), tone(0.09), tone(0.01)], ['ok', 'warn', 'err'])
  assert.is(of({ disk: null }, 'Disk')?.more, 'Not known')
})

test('counts the pages that listen', () => {
  assert.is(of({}, 'Connections')?.value, '–')
})

test('says nothing of an engine that has not been measured', () => {
  assert.equal([of({}, 'Ring')?.value, of({}, 'Event loop delay')?.value], ['–', '–'])
})

test.run()
