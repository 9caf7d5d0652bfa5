import { join } from 'node:path'
import { Archivist } from '../archivist.ts'
import { Behind } from '../behind.ts'
import type { LocalBus } from '../bus/bus.ts'
import { outsideOf } from '../config.ts'
import { Drain } from '../drain.ts'
import { Ingest } from '../ingest.ts'
import { KeptMarks } from '../kept-marks.ts'
import { Line } from '../line.ts'
import { Quarantine } from '../quarantine.ts'
import type { Slice } from '../slice.ts'
import type { Ground } from './ground.ts'

export type Way = ReturnType<typeof openWay>

/** The way of a message through the server: in by the line, through the worker, and out of the drain to the archive and the bus. */
export function openWay(ground: Ground, bus: LocalBus) {
  const { config, log, metrics, stores } = ground
  const archivist = new Archivist(stores.archive, log, metrics, new Behind(config.dataDir, log))
  const dispatch = (slice: Slice) => {
    archivist.take(slice)
    bus.publish(slice)
  }
  const drain = new Drain(() => ({ note: (record) => ingest.note(record), dispatch }), log)
  const ingest = openIngest(ground, drain)
  const marks = new KeptMarks(config.dataDir, log, (channelId, seq) => archivist.unsettled(channelId, seq))
  const line = new Line(ingest, archivist, stores, marks, metrics)
  return { archivist, drain, ingest, marks, line }
}

function openIngest({ config, log, metrics }: Ground, follower: Drain): Ingest {
  return new Ingest({
    ringBytes: config.queueBytes,
    outside: { settings: outsideOf(config), haste: config.haste, cacheDir: join(config.dataDir, 'cache') },
    follower,
    quarantine: new Quarantine(config.dataDir, log),
    log,
    metrics,
  })
}
