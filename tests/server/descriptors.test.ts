import { EventEmitter } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MAX_CONNECTIONS, mostConnections, tellTurnedAway } from '../../server/descriptors.ts'
import { createLog } from '../../server/log.ts'

const test = suite('descriptors')

test('let as many connections in as leave some over', () => {
  assert.equal([null, 1_000_000, 1_024, 160, 64].map(mostConnections), [MAX_CONNECTIONS, MAX_CONNECTIONS, 924, 60, 10])
})

test('are told of twice in ten seconds, however many are turned away in between', () => {
  const [lines, server] = [[] as string[], new EventEmitter()]
  let at = 0
  tellTurnedAway(server, 60, createLog('info', { write: (line) => void lines.push(line) }), () => at)
  for (; at < 10_000; at += 100) {
    server.emit('drop')
    server.emit('connection')
  }
  assert.equal(
    lines.map((line) => JSON.parse(line)).map(({ level, turnedAway }) => [level, turnedAway]),
    [
      ['error', 1],
      ['warn', 1],
    ],
  )
  server.emit('drop')
  assert.is(JSON.parse(lines.at(-1) ?? '').turnedAway, 100)
})

test.run()
