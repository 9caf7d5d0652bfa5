import type { Reply } from './link.ts'

export function listOf(reply: Reply | undefined): Reply[] {
  if (Array.isArray(reply)) return reply
  throw new TypeError('Redis did not answer with a list.')
}

export function textOf(reply: Reply | undefined): string {
  return Buffer.isBuffer(reply) ? reply.toString() : String(reply ?? '')
}

export function bytesOf(reply: Reply | undefined): Buffer {
  if (Buffer.isBuffer(reply)) return reply
  throw new TypeError('Redis did not answer with bytes.')
}

/** One entry of a stream: its id, and its fields by name. */
export interface StreamEntry {
  id: string
  fields: Map<string, Buffer>
}

export function entriesOf(reply: Reply | undefined): StreamEntry[] {
  return listOf(reply).map((entry) => {
    const [id, pairs] = listOf(entry)
    const flat = listOf(pairs)
    const fields = new Map<string, Buffer>()
    for (let nth = 0; nth < flat.length; nth += 2) fields.set(textOf(flat[nth]), bytesOf(flat[nth + 1]))
    return { id: textOf(id), fields }
  })
}
