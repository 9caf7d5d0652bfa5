export const READ = `import { BadPayload, MAX_ITEMS, type Payload, type PushHeaders } from '../platform.ts'

/** A pushed body: one JSON object, or an array of them. */
export function read(body: string, headers: PushHeaders): Payload[] {
  const value = parsed(body)
  const items: unknown[] = Array.isArray(value) ? value : [value]
  if (items.length > MAX_ITEMS) throw new BadPayload(MAX_ITEMS, \`more than \${MAX_ITEMS} items.\`)
  return items.map((item, place) => {
    if (typeof item !== 'object' || item === null) throw new BadPayload(place, 'not a JSON object.')
    return { item: place, value: item, headers }
  })
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new BadPayload(0, 'the body is not valid JSON.')
  }
}
`

export const normalise = (id: string): string => `import type { Draft } from '../../message.ts'
import { clean, cleanName } from '../../text.ts'
import type { Context, Normalised, Payload } from '../platform.ts'
import type { ChatLine } from './payload.ts'

/** A kind that is not known becomes a notice, never an error and never silence. */
export function normalise(payload: Payload, context: Context): Normalised {
  const line = payload.value as ChatLine
  const event = typeof line.body === 'string' ? message(line, line.body, context) : unknown(payload, context)
  return { events: [event], ignored: [] }
}

function message(line: ChatLine, body: string, { receivedAt, delivery }: Context): Draft {
  const text = clean(body)
  return {
    kind: 'message',
    id: \`${id}:\${typeof line.message_id === 'string' ? line.message_id : delivery}\`,
    platform: '${id}',
    at: typeof line.sent_at === 'number' ? Math.trunc(line.sent_at) : receivedAt,
    receivedAt,
    author: {
      id: String(line.user?.user_id ?? ''),
      name: cleanName(String(line.user?.display_name ?? '')),
      roles: [],
      badges: [],
    },
    parts: [{ type: 'text', text }],
    text,
  }
}

function unknown({ item }: Payload, { receivedAt, delivery }: Context): Draft {
  const text = 'Something happened that is not known yet'
  const id = \`${id}:\${delivery}-\${item}\`
  return { kind: 'notice', what: 'other', id, platform: '${id}', at: receivedAt, receivedAt, text }
}
`

export const SAMPLES = `import type { Pushed, SampleFields } from '../platform.ts'
import type { ChatLine } from './payload.ts'

/** A payload as it comes from outside, so that the simulator takes the whole way. */
export function sample({ id, at, name, text }: SampleFields): Pushed {
  const line: ChatLine = { message_id: id, sent_at: at, body: text, user: { user_id: name, display_name: name } }
  return { body: JSON.stringify(line), headers: { 'content-type': 'application/json' } }
}
`
