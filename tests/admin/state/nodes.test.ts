import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { conditionOf, figuresOf } from '../../../admin/state/nodes.ts'
import type { NodeView } from '../../../server/api/nodes.ts'

const test = suite('admin/state/nodes')

const NODE: NodeView = {
  ...{ id: 'a1', here: true, heardAt: 1, silent: false, version: '1.0.0', startedAt: 1, unready: [] },
  ...{ channels: 1_200, sockets: 3, eventsPerSecond: 12.34, cpu: 0.5, memory: 2 ** 27 },
  ...{ redis: { answered: 2 }, database: { answered: null }, lastError: null, platforms: [] },
}

test('says how a server is, and what of it is slow or does not answer', () => {
  assert.equal(
    figuresOf(NODE).map(({ value, tone }) => [value, tone]),
    [
      ['1,200', 'plain'],
      ['3', 'plain'],
      ['12.3', 'plain'],
      ['0.5', 'plain'],
      ['128 MB', 'plain'],
      ['2 ms', 'ok'],
      ['Does not answer', 'err'],
    ],
  )
  assert.is(figuresOf({ ...NODE, redis: { answered: 500 } })[5]?.tone, 'warn')
  assert.equal(conditionOf(NODE), { value: 'Running', tone: 'ok' })
  assert.is(conditionOf({ ...NODE, unready: ['stopping'] }).tone, 'warn')
  assert.equal(conditionOf({ ...NODE, silent: true, unready: ['stopping'] }), { value: 'Silent', tone: 'err' })
})

test.run()
