import { BadRequest } from './bad-request.ts'

/** A row of a segment of a stream. Rows are only ever added behind, so that it stays what it is while the stream goes on. */
export interface Place {
  segment: number
  row: number
}

export function cursorOf(place: Place): string {
  return Buffer.from(`${place.segment}.${place.row}`).toString('base64url')
}

/** Throws BadRequest. */
export function placeOf(cursor: string | null): Place {
  if (cursor === null) return { segment: 0, row: 0 }
  const [, segment, row] = /^(\d{1,9})\.(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (segment === undefined || row === undefined) throw new BadRequest('The cursor is not one that a page gave.')
  return { segment: Number(segment), row: Number(row) }
}
