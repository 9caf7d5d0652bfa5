import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'

export interface Made {
  name: string
  text?: string
  type?: Header['type']
  linkname?: string
}

const GOOD_HEAD = { format: 1, crosschat: '0.1.0', at: '2026-01-02T03:04:05.678Z', secret: 'inside' }
export const head = (change: object = {}): Made => ({
  name: 'crosschat-backup.json',
  text: JSON.stringify({ ...GOOD_HEAD, ...change }),
})
export const data = (name: string, text = `{"_id":"${name}"}\n`): Made => ({ name: `data/${name}`, text })

/** The manifest that fits these entries. */
export function manifest(entries: readonly Made[], change: object = {}): Made {
  const files = entries.map(({ name, text = '' }) => ({
    name: name.slice('data/'.length),
    size: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    ...change,
  }))
  return { name: 'manifest.json', text: JSON.stringify({ files }) }
}

/** A backup, or what somebody made to look like one. */
export async function made(entries: readonly Made[]): Promise<Buffer> {
  const tar = pack()
  for (const { name, text = '', type = 'file', linkname } of entries) {
    const link = linkname === undefined ? {} : { linkname }
    if (type === 'file') tar.entry({ name }, text)
    else tar.entry({ name, type, ...link })
  }
  tar.finalize()
  return gzipSync(await buffer(tar))
}

export const whole = (entries: readonly Made[]): Promise<Buffer> => made([head(), ...entries, manifest(entries)])
export const stream = (bytes: Buffer) => () => Readable.from([bytes])
