import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing } from '../keeping/files.ts'
import { BadRequest } from './bad-request.ts'

/** Segments are numbered from 1 in the order of the transcript: `0001.db`; beside one with removals stands `0001.marks.db`. */
const SEGMENT_DIGITS = 4
const SEGMENT_NAME = /^(\d{4,})\.db$/
const STREAM_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Throws BadRequest for an id that could lead out of the archive's folder. */
export function streamFolder(folder: string, streamId: string): string {
  return join(folder, soundStreamId(streamId))
}

/** Throws BadRequest. */
export function soundStreamId(streamId: string): string {
  if (!STREAM_ID.test(streamId)) throw new BadRequest('A stream id is 1 to 64 letters, digits, - and _.')
  return streamId
}

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `${segmentKey(segment)}.db`)
}

export function marksPath(folder: string, segment: number): string {
  return join(folder, `${segmentKey(segment)}.marks.db`)
}

export function indexPath(folder: string): string {
  return join(folder, 'index.db')
}

export function segmentKey(segment: number): string {
  return String(segment).padStart(SEGMENT_DIGITS, '0')
}

/** Numbers of the segments in a stream's folder, in order; none when the folder is not there. */
export async function segmentsIn(folder: string): Promise<number[]> {
  const numbers = (await namesIn(folder)).flatMap((name) => {
    const number = SEGMENT_NAME.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
  return numbers.sort((a, b) => a - b)
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
