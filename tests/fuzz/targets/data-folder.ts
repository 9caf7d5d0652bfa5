import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../server/errors.ts'
import { Heartbeat } from '../../../server/heartbeat.ts'
import { KeptMarks } from '../../../server/kept-marks.ts'
import { createLog } from '../../../server/log.ts'
import { lastBackup } from '../../../server/stores/backup/last.ts'
import { unpack } from '../../../server/stores/backup/unpack.ts'
import { Archive } from '../../../workers/archive/archive.ts'
import { data, whole } from '../../server/stores/backup/made.ts'
import { batchOf, messages, removeOf } from '../../workers/archive/events.ts'
import { faultyBytes, toldBytes } from '../bytes.ts'
import { oneOf } from '../chance.ts'
import { faultOf } from '../lines.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'

/** What else lies in the data folder, with one fault: transcripts, marks, the heartbeat, the note of the last backup, and backups themselves. */

type Kind = 'transcript' | 'small' | 'backup'
interface Input {
  kind: Kind
  /** Of the transcript: which of its files. */
  file: string
  bytes: Buffer
  /** Lines that the fault may have touched; of a transcript. */
  touched: number
}

const STREAM = 'evening'
const ROWS = 6
const SMALL = ['heartbeat', 'last-backup', 'marks/channel']
const NOWHERE = { write: () => {} }

export const dataFolder: Target = {
  name: 'data-folder',
  few: 60,
  async open() {
    const root = await mkdtemp(join(tmpdir(), 'crosschat-fuzz-'))
    const made = await makeTranscript(join(root, 'made'))
    const backup = await whole([data('accounts.db'), data('secret', 'planted'), data('marks/channel', 'CCMARKS1')])
    const trial = trialIn(root)
    return {
      at: (random) => shot(inputFrom(random, made, backup), trial),
      close: () => rm(root, { recursive: true, force: true }),
    }
  },
}

async function makeTranscript(folder: string): Promise<Map<string, Buffer>> {
  const archive = await openArchive(folder)
  for (const epoch of ['a', 'b']) {
    await archive.append({ batch: batchOf(STREAM, epoch, messages(1, ROWS - 1)) })
    await archive.append({ batch: batchOf(STREAM, epoch, [removeOf({ seq: ROWS, target: { id: 'twitch:m1' } })]) })
  }
  await archive.close()
  const files = await readdir(join(folder, STREAM))
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, STREAM, file))] as const)),
  )
}

async function openArchive(folder: string): Promise<Archive> {
  return Archive.start({ folder, remembered: 100, keepFree: 0 }, () => {})
}

function inputFrom(random: () => number, made: ReadonlyMap<string, Buffer>, backup: Buffer): Input {
  const kind = oneOf(random, ['transcript', 'small', 'backup'] as const)
  if (kind === 'small') {
    const texts = ['{"at":1,"away":{"c.twitch":1}}', '{"at":1,"bytes":2}', `CCMARKS1${'\u0000'.repeat(16)}`]
    return {
      kind,
      file: oneOf(random, SMALL),
      bytes: faultyBytes(random, Buffer.from(oneOf(random, texts))),
      touched: 0,
    }
  }
  if (kind === 'backup') {
    // The packed bytes, or what is packed: the second passes the sum of gzip.
    const bytes =
      random() < 0.5 ? faultyBytes(random, backup) : gzipSync(faultyBytes(random, gunzipSync(backup)), { level: 1 })
    return { kind, file: '', bytes, touched: 0 }
  }
  const file = oneOf(random, [...made.keys()])
  const sound = made.get(file) ?? Buffer.alloc(0)
  const { bytes, from, to } = faultOf(random, sound)
  const lines = sound.subarray(from, to).toString('latin1').split('\n').length
  return { kind, file, bytes, touched: from === to ? 0 : lines }
}

function trialIn(root: string): Trial<Input> {
  let runs = 0
  return {
    async check(input) {
      const folder = join(root, `run-${++runs}`)
      if (input.kind === 'transcript') await cp(join(root, 'made'), folder, { recursive: true })
      try {
        return await CHECKS[input.kind](folder, input)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    told: ({ kind, file, bytes }) => `${kind} ${file} ${toldBytes(bytes)}`,
    *lesser() {},
  }
}

const CHECKS: Readonly<Record<Kind, (folder: string, input: Input) => Promise<Outcome>>> = {
  transcript: checkTranscript,
  small: checkSmall,
  backup: checkBackup,
}

/** It is read and written on; what the fault did not touch stands there, before and after the next stream has opened it. */
async function checkTranscript(folder: string, { file, bytes, touched }: Input): Promise<Outcome> {
  await writeFile(join(folder, STREAM, file), bytes)
  const most = /^\d+\.db$/.test(file) ? touched : 0
  const before = await eventsIn(await openArchive(folder))
  assert.ok(before >= 2 * ROWS - most, `${before} events are read, ${most} lines were touched`)
  const archive = await openArchive(folder)
  await archive.open({ streamId: STREAM })
  await archive.append({ batch: batchOf(STREAM, 'c', messages(1, 2)) })
  const after = await eventsIn(archive)
  assert.ok(after >= before + 2, `${before} events were there, and two more make ${after}`)
  return before < 2 * ROWS ? 'refused' : 'taken'
}

async function eventsIn(archive: Archive): Promise<number> {
  const { items } = await archive.page({ streamId: STREAM, limit: 5_000, cursor: null, filter: {} })
  await archive.figures({ streamId: STREAM })
  await archive.close()
  return items.filter(({ kind }) => kind !== 'gap').length
}

/** Whatever stands in them, they say what is known, or nothing. */
async function checkSmall(folder: string, { file, bytes }: Input): Promise<Outcome> {
  await mkdir(join(folder, 'marks'), { recursive: true })
  await writeFile(join(folder, file), bytes)
  const log = createLog('fatal', NOWHERE)
  const { at, away } = await new Heartbeat(folder, log).last()
  assert.ok(at === null || Number.isSafeInteger(at))
  for (const since of Object.values(away)) assert.ok(since === null || Number.isSafeInteger(since))
  const { marks, removed } = await new KeptMarks(folder, log).read('channel')
  assert.ok([...marks, ...removed].every((mark) => Number.isSafeInteger(mark) && mark > 0))
  const backup = await lastBackup(folder)
  assert.ok(backup === null || (backup.at >= 0 && backup.bytes >= 0))
  return at === null && marks.length + removed.length === 0 && backup === null ? 'refused' : 'taken'
}

async function checkBackup(folder: string, { bytes }: Input): Promise<Outcome> {
  await mkdir(join(folder, 'marks'), { recursive: true })
  try {
    const { files } = await unpack(Readable.from([bytes]), folder, async () => {})
    assert.is(files, 3)
    return 'taken'
  } catch (error) {
    if (!(error instanceof CrossChatError)) throw error
    assert.ok(['bad_backup', 'newer_backup'].includes(error.code), error.code)
    return 'refused'
  }
}
