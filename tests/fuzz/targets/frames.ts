import * as assert from 'uvu/assert'
import { type HeardHello, readHello } from '../../../server/channels/hello.ts'
import { readReport } from '../../../server/channels/report.ts'
import { MAX_CLIENT_FRAME_BYTES } from '../../../server/protocol.ts'
import { below, oneOf } from '../chance.ts'
import { changedJson, textOfJson } from '../json.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { changedText, shorterTexts } from '../text.ts'

/** Frames of pages to the server, read as the sockets of overlay, dock and panel read them. */

export const FRAMES: readonly object[] = [
  { type: 'hello', key: 'cc_ov_AAAAAAAAAAAAAAAAAAAAAA', client: { name: 'overlay', obs: '30.2.3' } },
  { type: 'hello', key: 'k', epoch: 'AAAAAAAAAAAAAAAAAAAAAA', seq: 41, client: {} },
  { type: 'hello', client: { name: 'panel' } },
  { type: 'hello', epoch: 'AAAA', seq: 0 },
  {
    ...{ type: 'report', visible: true, active: null, streaming: false, recording: null },
    ...{ build: 'AbCdEf12', painted: 1_200, rows: 12, queue: 0 },
  },
]
const TEXTS = FRAMES.map((frame) => JSON.stringify(frame))
const AS_TEXT = 0.3

export const frames: Target = {
  name: 'frames',
  few: 3_000,
  async open() {
    return { at: (random) => shot(frameFrom(random), trial) }
  },
}

/** A frame as a page might never send it, no longer than a socket takes. */
export function frameFrom(random: () => number): string {
  const text = textOfJson(changedJson(random, oneOf(random, FRAMES), FRAMES))
  const frame = random() < AS_TEXT ? changedText(random, oneOf(random, [text, ...TEXTS]), TEXTS) : text
  return frame.slice(0, random() < 0.99 ? MAX_CLIENT_FRAME_BYTES : below(random, MAX_CLIENT_FRAME_BYTES))
}

const trial: Trial<string> = { check, told: (frame) => JSON.stringify(frame), lesser: shorterTexts }

function check(frame: string): Outcome {
  const hello = readHello(frame)
  const report = readReport(frame, 1_800_000_000_000)
  if (hello !== null) checkHello(hello)
  if (report !== null) {
    assert.ok(report.build.length <= 64 && report.rows <= 100_000 && report.queue <= 100_000)
    assert.ok(report.paintedAt === null || Number.isSafeInteger(report.paintedAt))
    assert.not.ok('type' in report || 'polluted' in report)
  }
  assert.ok(hello === null || report === null, 'a frame is one word')
  return hello === null && report === null ? 'refused' : 'taken'
}

function checkHello({ key, at, client }: HeardHello): void {
  assert.ok(key === null || key.length <= 200)
  assert.ok(at === null || (at.epoch.length <= 100 && Number.isSafeInteger(at.seq) && at.seq >= 0))
  assert.ok((client.name ?? '').length <= 60 && (client.obs ?? '').length <= 40)
  assert.equal(Object.keys({ ...client, name: 1, obs: 1 }).sort(), ['name', 'obs'])
}
