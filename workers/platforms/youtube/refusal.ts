import { OutsideError } from '../../fetching.ts'
import { type Foreign, filled, list, shaped } from '../../foreign.ts'
import { CHAT_OFF, NeedsPerson, NoChat, RARELY_MS, Refused } from './hindrance.ts'

/** What the official API's errors mean: developers.google.com/youtube/v3/live/docs/errors */

type ErrorAnswer = Foreign<'error'>
type ApiError = Foreign<'code' | 'message' | 'errors' | 'details'>
type Detail = Foreign<'reason'>

const TOO_MUCH = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'servingLimitExceeded'])
const SPENT = new Set(['quotaExceeded', 'dailyLimitExceeded'])
const BAD_KEY = new Set(['keyInvalid', 'API_KEY_INVALID', 'keyExpired', 'API_KEY_SERVICE_BLOCKED', 'authError'])
const NOT_ENABLED = new Set(['accessNotConfigured', 'SERVICE_DISABLED'])
const RESTRICTED = new Set(['ipRefererBlocked', 'API_KEY_IP_ADDRESS_BLOCKED', 'API_KEY_HTTP_REFERRER_BLOCKED'])
const BAD_TOKEN = new Set(['invalidPageToken', 'pageTokenInvalid'])

/** The error in an answer, also in one that is an array of one; nothing where it holds none. */
export function errorIn(answer: unknown): unknown {
  const { error } = shaped<ErrorAnswer>(Array.isArray(answer) ? answer[0] : answer)
  return error
}

/** Why the API refused, as what is to be done about it. `error` is what `errorIn` found. */
export function refusal(error: unknown, status: number, host: string): Error {
  const reasons = reasonsOf(error)
  const has = (known: ReadonlySet<string>) => reasons.some((reason) => known.has(reason))
  const is = (reason: string) => reasons.includes(reason)
  if (has(SPENT)) return new Refused('quota', 'The quota of the API key is used up for today.', status)
  if (has(TOO_MUCH) || status === 429) return new OutsideError('YouTube asks for a slower pace.', status)
  if (is('liveChatEnded')) return new Refused('ended', 'The broadcast has ended.', status)
  if (is('liveChatDisabled')) return new NoChat(CHAT_OFF, { broadcasts: true })
  if (is('liveChatNotFound')) return new Refused('missing', 'YouTube no longer knows this chat.', status)
  if (has(BAD_TOKEN)) return new Refused('token', 'YouTube no longer knows this place in the chat.', status)
  return keyTrouble(error, has, status) ?? new OutsideError(`${host} answered ${status}.`, status)
}

function keyTrouble(error: unknown, has: (known: ReadonlySet<string>) => boolean, status: number): NeedsPerson | null {
  const { message } = shaped<ApiError>(error)
  if (has(NOT_ENABLED))
    return new NeedsPerson('Turn on the “YouTube Data API v3” for the API key’s project in the Google Cloud console.')
  if (has(RESTRICTED))
    return new NeedsPerson(
      'The API key’s restrictions do not let this server use it. Change them, or make another key.',
    )
  if (has(BAD_KEY) || status === 401 || (status === 400 && /api key/i.test(filled(message) ?? '')))
    return new NeedsPerson('YouTube refuses the API key. Check it, or set another one.')
  return status === 403
    ? new NeedsPerson('YouTube does not let this API key read this chat; it may be private.', RARELY_MS)
    : null
}

function reasonsOf(error: unknown): string[] {
  const { errors, details } = shaped<ApiError>(error)
  return [...list(errors), ...list(details)].flatMap((each) => filled(shaped<Detail>(each).reason) ?? [])
}
