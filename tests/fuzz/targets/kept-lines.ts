import * as assert from 'uvu/assert'
import { type ArchiveRecord, eventKey, HEAD_KEY, isSound, seal } from '../../../workers/archive/record.ts'
import { FileRows } from '../../../workers/archive/rows.ts'
import { type Parsed, parse, pieces, replay } from '../../../workers/keeping/lines.ts'
import { messageOf } from '../../workers/archive/events.ts'
import { toldBytes } from '../bytes.ts'
import { below } from '../chance.ts'
import { type Faulted, faultOf, untouched } from '../lines.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'

/** A segment of the archive with one fault, read without being rewritten: nothing is lost but what the fault touched. */

const MOST_ROWS = 12
const TEXTS = ['hello', '', 'a "quoted" {"_id":"x"} line', '\u2028 \u0085 \n \\', '{"$$deleted":true}', '日本語 😀']

interface Input {
  whole: Buffer
  fault: Faulted
}

export const keptLines: Target = {
  name: 'kept-lines',
  few: 1_000,
  async open() {
    return {
      at(random) {
        const whole = segment(1 + below(random, MOST_ROWS), random)
        return shot({ whole, fault: faultOf(random, whole) }, trial)
      },
    }
  },
}

/** A segment as NeDB writes it. */
export function segment(rows: number, random: () => number): Buffer {
  const records = Array.from({ length: rows }, (_, nth) => {
    const event = messageOf({ seq: nth + 1, text: TEXTS[below(random, TEXTS.length)] ?? '' })
    return seal(eventKey(event.seq), JSON.stringify(event))
  })
  const lines = [seal(HEAD_KEY, JSON.stringify({ epoch: 'epoch-1' })), ...records].map((record) =>
    JSON.stringify(record),
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

const trial: Trial<Input> = {
  check,
  told: ({ fault }) => `${fault.from}-${fault.to} ${toldBytes(fault.bytes)}`,
  *lesser() {},
}

function check({ whole, fault }: Input): Outcome {
  const { bytes } = fault
  const sound = pieces(bytes).flatMap((piece) => {
    const parsed = parse<ArchiveRecord>(bytes, piece)
    return parsed !== null && (parsed.kind !== 'document' || isSound(parsed.document)) ? [parsed] : []
  })
  const standing = replay(sound)
  const original = new Map(replay(linesOf(whole)))
  for (const [id, record] of standing) assert.equal(record, original.get(id), 'what stands is what was written')
  for (const line of untouched(whole, fault)) {
    const { _id }: ArchiveRecord = JSON.parse(line)
    assert.ok(standing.has(_id), `${_id} was lost, which the fault did not touch`)
  }
  const rows = new FileRows(bytes)
  for (let row = 0; row < rows.length; row++) rows.record(row)
  return standing.size === original.size ? 'taken' : 'refused'
}

function linesOf(bytes: Buffer): Parsed<ArchiveRecord>[] {
  return pieces(bytes).flatMap((piece) => parse<ArchiveRecord>(bytes, piece) ?? [])
}
