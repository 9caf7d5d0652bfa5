import { Readable } from 'node:stream'
import type Koa from 'koa'
import type { ExportFormat } from '../../api/transcripts.ts'
import type { Archived } from '../../stores/archive.ts'
import type { Page } from '../../stores/page.ts'
import { csv } from './csv.ts'
import type { Format, Subject, Writer } from './format.ts'
import { html } from './html.ts'
import { json, jsonl } from './json.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { srt, vtt } from './subtitles.ts'
import { txt } from './txt.ts'

const FORMATS: Readonly<Record<ExportFormat, Format>> = { json, jsonl, csv, txt, html, srt, vtt }
/** Media types of the files. */
export const EXPORTED = typesOf(Object.values(FORMATS))
/** Of a file that is about no single stream. */
export const SEARCH_EXPORTED = typesOf([json, jsonl, csv, txt, html])
/** Events read at a time; a file of any length costs no more memory than this. */
export const EXPORT_PAGE = 100
/**
 * Entries written at a time, each piece in a turn of the pace. The text of a whole page would besides be a large object to V8, and these
 * stay until a full collection.
 */
const PIECE_ENTRIES = 50

export interface Order {
  format: ExportFormat
  /** Seconds. */
  offset: number
  removed: 'yes' | 'no'
  names: 'real' | 'pseudonyms'
}
/** What becomes a file; `id` stands in its name. */
export interface Exported extends Subject {
  id: string
  pages: Pages
  /** Resolves when the next piece may be made. */
  turn: () => Promise<void>
}
type Pages = (cursor: string | null) => Promise<Page<Archived>>

/** Entries as a file, written as fast as the caller reads. Fails before the first byte or breaks the line off. */
export async function sendExport(ctx: Koa.Context, exported: Exported, order: Order): Promise<Readable> {
  const format = FORMATS[order.format]
  const first = await exported.pages(null)
  ctx.type = format.type
  ctx.set('Content-Disposition', `attachment; filename="${nameOf(exported, format)}"`)
  const writer = format.open(exported, { offset: order.offset * 1_000 })
  return Readable.from(texts(writer, exported, first, order), { objectMode: false })
}

type Source = Pick<Exported, 'pages' | 'turn'>

async function* texts(writer: Writer, source: Source, first: Page<Archived>, order: Order): AsyncGenerator<Buffer> {
  const masked = order.names === 'pseudonyms' ? await masking(source, first) : (entry: Archived) => entry
  const wanted = (entry: Archived) => order.removed === 'yes' || entry.kind === 'gap' || entry.removed === undefined
  const head = writer.head()
  if (head !== '') yield Buffer.from(head)
  for await (const piece of pieces(source, first)) {
    const text = piece
      .filter(wanted)
      .map((entry) => writer.row(masked(entry)))
      .join('')
    if (text !== '') yield Buffer.from(text)
  }
  yield Buffer.from(writer.tail())
}

/** Reads everything once before, to know every name. */
async function masking(source: Source, first: Page<Archived>): Promise<(entry: Archived) => Archived> {
  const pseudonyms = new Pseudonyms()
  for await (const piece of pieces(source, first)) for (const entry of piece) pseudonyms.learn(entry)
  return (entry) => pseudonyms.masked(entry)
}

async function* pieces({ pages, turn }: Source, first: Page<Archived>): AsyncGenerator<Archived[]> {
  for await (const page of all(pages, first)) {
    for (let at = 0; at < page.length; at += PIECE_ENTRIES) {
      await turn()
      yield page.slice(at, at + PIECE_ENTRIES)
    }
  }
}

async function* all(pages: Pages, first: Page<Archived>): AsyncGenerator<Archived[]> {
  for (let page: Page<Archived> | null = first; page !== null; ) {
    yield page.items
    page = page.next === null ? null : await pages(page.next)
  }
}

/** Of day and id only: a title is somebody's text and no file name. */
function nameOf({ id, startedAt }: Exported, { ending }: Format): string {
  const day = new Date(startedAt).toISOString().slice(0, 10)
  return `crosschat-${day}-${id.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}.${ending}`
}

function typesOf(formats: readonly Format[]): string[] {
  return [...new Set(formats.map(({ type }) => type.split(';')[0] ?? type))]
}
