import { ERRORS, type ErrorCode } from '../errors.ts'
import type { Route, Who } from './route.ts'

/** Which errors a call may be answered with: those of every call, those that caller, body and limits bring, and its own. */

const ALWAYS: readonly ErrorCode[] = ['wrong_host', 'internal', 'stopping', 'storage_failed']
const IN_CHANNEL: readonly ErrorCode[] = ['signed_out', 'not_allowed', 'not_found']
const KEYED: readonly ErrorCode[] = [...IN_CHANNEL, 'bad_key', 'suspended', 'wrong_scope']
const BY_CALLER: Readonly<Record<Who, readonly ErrorCode[]>> = {
  anyone: [],
  person: ['signed_out'],
  owner: ['signed_out', 'not_found'],
  account: IN_CHANNEL,
  produce: KEYED,
  read: KEYED,
  moderate: KEYED,
  control: KEYED,
}

/** Status → codes, in the order of the table of errors. */
export function errorsOf(route: Route): [status: number, codes: ErrorCode[]][] {
  return byStatus([
    ...BY_CALLER[route.who],
    ...(route.method === 'GET' ? [] : (['wrong_origin'] as const)),
    ...(route.method !== 'GET' && route.least === 'moderator' ? (['suspended'] as const) : []),
    ...(route.path.includes('/:') ? (['not_found'] as const) : []),
    ...(route.query === undefined ? [] : (['bad_request'] as const)),
    ...(route.body === undefined ? [] : (['bad_request', 'bad_json', 'too_large', 'busy', 'wrong_type'] as const)),
    ...(route.rate === undefined && !route.heavy ? [] : (['too_many'] as const)),
    ...(route.fails ?? []),
  ])
}

/** These codes, and those of every call. */
export function byStatus(codes: readonly ErrorCode[]): [status: number, codes: ErrorCode[]][] {
  const all = new Set<ErrorCode>([...ALWAYS, ...codes])
  const found = new Map<number, ErrorCode[]>()
  for (const code of (Object.keys(ERRORS) as ErrorCode[]).filter((each) => all.has(each))) {
    const [status] = ERRORS[code]
    found.set(status, [...(found.get(status) ?? []), code])
  }
  return [...found].sort(([one], [other]) => one - other)
}
