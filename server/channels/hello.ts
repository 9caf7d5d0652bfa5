import { z } from 'zod'
import { foreignJson } from '../foreign-json.ts'
import type { ClientInfo } from '../protocol.ts'
import type { Position } from './channel.ts'

const MAX_NAME = 60
const MAX_OBS = 40
const MAX_KEY = 200
const MAX_EPOCH = 100

/** What is no key at all is a wrong one, and where nobody can stand, nobody stands: whoever says so is told as everybody is. */
const HelloFrame = z.object({
  type: z.literal('hello'),
  key: z.string().max(MAX_KEY).nullish().catch(null),
  epoch: z.string().max(MAX_EPOCH).nullish().catch(null),
  seq: z.number().int().min(0).nullish().catch(null),
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
