import { z } from 'zod'
import type { ClientInfo } from '../protocol.ts'
import type { Position } from './channel.ts'

const HelloFrame = z.object({
  type: z.literal('hello'),
  key: z.string().max(200).nullish(),
  epoch: z.string().max(100).nullish(),
  seq: z.number().int().min(0).nullish(),
  client: z.object({ name: z.string().max(60).nullish(), obs: z.string().max(40).nullish() }).nullish(),
})

export interface HeardHello {
  key: string | null
  at: Position | null
  client: ClientInfo
}

/** A hello, or null when the frame is none. Fields of later releases are let through. */
export function readHello(text: string): HeardHello | null {
  const parsed = HelloFrame.safeParse(parse(text))
  if (!parsed.success) return null
  const { key, epoch, seq, client } = parsed.data
  return {
    key: key ?? null,
    at: epoch != null && seq != null ? { epoch, seq } : null,
    client: { ...(client?.name && { name: client.name }), ...(client?.obs && { obs: client.obs }) },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
