import { parseArgs } from 'node:util'
import { soakDisk } from '../tests/soak/disk.ts'
import { soakFaults } from '../tests/soak/faults.ts'
import { soakFuzz } from '../tests/soak/fuzz.ts'
import { soakKills } from '../tests/soak/kills.ts'
import { soakMemory } from '../tests/soak/memory.ts'
import { MOVE_LOAD, soakMove } from '../tests/soak/move.ts'
import { NODES_LOAD, soakNodes } from '../tests/soak/nodes.ts'
import { soakOverlay } from '../tests/soak/overlay.ts'
import { soakQueue } from '../tests/soak/queue.ts'
import { soakSimulation } from '../tests/soak/simulation.ts'

/**
 * `npm run soak -- queue [--minutes N] [--seed S] [--replay S]`: torments the shared queue, seed after seed from S on or the one seed again
 * and again. `npm run soak -- overlay [--minutes N]`: the page in both engines under an even flow. `npm run soak -- fuzz [TARGET …]
 * [--minutes N] [--inputs N] [--seed S] [--replay S]`: changed payloads, frames, bodies and files, or the one input again. `npm run soak --
 * disk [--seed S]`: every fault of a disk once, and the table of it. `npm run soak -- simulation [minutes] [--seed S] [--replay S]`:
 * whole histories of the line, each from its seed. `npm run soak -- faults [--minutes N] [--seed S] [--replay S]`: a real server under load,
 * killed, stopped, cut off, filled up. `npm run soak -- kills [--times N] [--seed S]`: killed so often, and what its folder is like then.
 * `npm run soak -- memory [--minutes N]`: an hour of everything at once, and what the server holds of it. `npm run soak -- nodes
 * [--minutes N] [--channels N] [--rate N] [--only WORD] [--seed S]`: three nodes with Redis and PostgreSQL behind nginx, under load and one fault
 * after the other. `npm run soak -- move [--events N] [--kills N] [--seed S]`: a large installation moved into PostgreSQL, killed and run again.
 * Figures each minute; ends with 1 when something failed.
 */

const MINUTES = 30
const MEMORY_MINUTES = 60
const KILLS = 100
const SEEDS = 1_000_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    inputs: { type: 'string' },
    times: { type: 'string' },
    seed: { type: 'string' },
    replay: { type: 'string' },
    channels: { type: 'string' },
    rate: { type: 'string' },
    only: { type: 'string' },
    events: { type: 'string' },
    kills: { type: 'string' },
  },
})
const [name = '', ...names] = positionals
const given = name === 'simulation' ? names.shift() : undefined
const minutes = number('minutes', values.minutes ?? given, name === 'memory' ? MEMORY_MINUTES : MINUTES)
const soaks: Record<string, () => Promise<boolean>> = {
  queue: () => soakQueue(minutes, order()),
  overlay: () => soakOverlay(minutes),
  memory: () => soakMemory(minutes),
  simulation: () => soakSimulation(minutes, order()),
  faults: () => soakFaults(minutes, order()),
  kills: () => soakKills(number('times', values.times, KILLS), seeds().seed),
  disk: () => soakDisk(seeds().seed),
  nodes: () => soakNodes({ minutes, seed: seeds().seed, only: values.only ?? '', ...nodesLoad() }),
  move: () => soakMove({ seed: seeds().seed, ...moveLoad() }),
  fuzz: () => soakFuzz({ names, minutes, inputs: inputs(), ...seeds() }),
}
const soak = soaks[name]
if (soak === undefined || (names.length > 0 && name !== 'fuzz'))
  throw new Error(`There is no such soak. There are: ${Object.keys(soaks).join(', ')}.`)

// Ending by `exit` takes running processes and their folders away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const good = await soak()
console.log(good ? 'nothing failed' : 'FAILED')
process.exit(good ? 0 : 1)

function order() {
  const seed = number('seed', values.seed, 1 + Math.floor(Math.random() * SEEDS))
  return values.replay === undefined ? { from: seed } : { replay: number('replay', values.replay, seed) }
}

function nodesLoad() {
  const { channels, rate } = NODES_LOAD
  return { channels: number('channels', values.channels, channels), rate: number('rate', values.rate, rate) }
}

function moveLoad() {
  const { events, kills } = MOVE_LOAD
  return { events: number('events', values.events, events), kills: number('kills', values.kills, kills) }
}

function inputs(): number | null {
  return values.inputs === undefined ? null : number('inputs', values.inputs, 0)
}

function seeds(): { seed: number; replay: boolean } {
  const found = order()
  return 'from' in found ? { seed: found.from, replay: false } : { seed: found.replay, replay: true }
}

function number(name: string, value: string | undefined, otherwise: number): number {
  const read = value === undefined ? otherwise : Number(value)
  if (!Number.isFinite(read) || read < 0) throw new Error(`--${name} is a number, not ${value}.`)
  return read
}
