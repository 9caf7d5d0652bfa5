import { Readable } from 'node:stream'
import type Koa from 'koa'
import type { ExportFormat } from '../../api.ts'
import type { Archive, Archived, EventFilter, Page, Stream } from '../../stores/stores.ts'
import { csv } from './csv.ts'
import type { Format, Writer } from './format.ts'
import { html } from './html.ts'
import { json, jsonl } from './json.ts'
import { srt, vtt } from './subtitles.ts'
import { txt } from './txt.ts'

const FORMATS: Readonly<Record<ExportFormat, Format>> = { json, jsonl, csv, txt, html, srt, vtt }
/** Media types of the files. */
export const EXPORTED = [...new Set(Object.values(FORMATS).map(({ type }) => type.split(';')[0] ?? type))]
/** Events read at a time; a file of any length costs no more memory than this. */
const PAGE = 500

export interface Order {
  format: ExportFormat
  /** Seconds. */
  offset: number
  removed: 'yes' | 'no'
  simulated: 'yes' | 'no'
}
type Pages = (cursor: string | null) => Promise<Page<Archived>>

/** The transcript as a file, written as fast as the caller reads. Fails before the first byte or breaks the line off. */
export async function sendExport(ctx: Koa.Context, archive: Archive, stream: Stream, order: Order): Promise<Readable> {
  const format = FORMATS[order.format]
  const filter: EventFilter = order.simulated === 'no' ? { simulated: false } : {}
  const pages: Pages = (cursor) => archive.page(stream.id, PAGE, cursor, filter)
  const first = await pages(null)
  ctx.type = format.type
  ctx.set('Content-Disposition', `attachment; filename="${nameOf(stream, format)}"`)
  const writer = format.open(stream, { offset: order.offset * 1_000 })
  return Readable.from(texts(writer, pages, first, order.removed === 'yes'), { objectMode: false })
}

async function* texts(writer: Writer, pages: Pages, first: Page<Archived>, removed: boolean): AsyncGenerator<Buffer> {
  const wanted = (entry: Archived) => removed || entry.kind === 'gap' || entry.removed === undefined
  const head = writer.head()
  if (head !== '') yield Buffer.from(head)
  for (let page: Page<Archived> | null = first; page !== null; ) {
    const text = page.items.filter(wanted).map(writer.row).join('')
    if (text !== '') yield Buffer.from(text)
    page = page.next === null ? null : await pages(page.next)
  }
  yield Buffer.from(writer.tail())
}

/** Of day and id only: a title is somebody's text and no file name. */
function nameOf({ id, startedAt }: Stream, { ending }: Format): string {
  const day = new Date(startedAt).toISOString().slice(0, 10)
  return `crosschat-${day}-${id.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)}.${ending}`
}
