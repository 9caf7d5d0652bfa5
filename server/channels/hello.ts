import { z } from 'zod'
import { foreignJson } from '../foreign-json.ts'
import type { ClientInfo } from '../protocol.ts'
import type { Position } from './channel.ts'

const MAX_NAME = 60
const MAX_OBS = 40

const HelloFrame = z.object({
  type: z.literal('hello'),
  key: z.string().max(200).nullish(),
  epoch: z.string().max(100).nullish(),
  seq: z.number().int().min(0).nullish(),
  client: z.object({ name: z.string().nullish(), obs: z.string().nullish() }).nullish(),
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
    client: {
      ...(client?.name && { name: client.name.slice(0, MAX_NAME) }),
      ...(client?.obs && { obs: client.obs.slice(0, MAX_OBS) }),
    },
  }
}

function parse(text: string): unknown {
  try {
    return foreignJson(text)
  } catch {
    return null
  }
}
