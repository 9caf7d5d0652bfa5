import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { VERSION } from '../version.ts'
import type { Signed } from './signature.ts'
import { BadTarget, hostOf, lookupPublic, refuseClosed } from './target.ts'

/** From the first look at the name to the last byte of the answer. */
export const ANSWER_WITHIN_MS = 10_000
/** Read of an answer; the rest is not waited for. */
export const MAX_ANSWER_BYTES = 4_096

export interface Parcel {
  url: URL
  headers: Signed
  body: string
  /** Also to addresses that are not public. */
  anywhere: boolean
  /** Ends it early. */
  signal: AbortSignal
}
export interface Outcome {
  /** Null = no answer came. */
  status: number | null
  /** Why it counts as failed, as a sentence; null = delivered. */
  error: string | null
}

/** One try. Redirects are not followed. Never throws. */
export function post(parcel: Parcel): Promise<Outcome> {
  const late = AbortSignal.timeout(ANSWER_WITHIN_MS)
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve({ status: null, error: late.aborted ? TOO_LATE : sentenceOf(error) })
    try {
      open(parcel, AbortSignal.any([late, parcel.signal]), resolve)
        .on('error', fail)
        .end(parcel.body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

const TOO_LATE = `No answer came within ${ANSWER_WITHIN_MS / 1_000} seconds.`

function open({ url, headers, body, anywhere }: Parcel, signal: AbortSignal, resolve: (outcome: Outcome) => void) {
  if (!anywhere) refuseClosed(hostOf(url))
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const own = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': `CrossChat/${VERSION}`,
  }
  const options = { method: 'POST', headers: { ...own, ...headers }, signal, agent: false } as const
  return request(url, anywhere ? options : { ...options, lookup: lookupPublic }, (response) => {
    const outcome = outcomeOf(response.statusCode ?? 0)
    const done = () => {
      resolve(outcome)
      response.destroy()
    }
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes >= MAX_ANSWER_BYTES) done()
    })
    response.on('end', done)
    response.on('error', (error) =>
      resolve({ status: outcome.status, error: signal.aborted ? TOO_LATE : sentenceOf(error) }),
    )
  })
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return { status, error: null }
  if (status >= 300 && status < 400)
    return { status, error: `It was answered with ${status}; redirects are not followed.` }
  return { status, error: `It was answered with ${status}.` }
}

const BY_CODE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Nobody knows that host name.',
  EAI_AGAIN: 'The host name could not be looked up just now.',
  ECONNREFUSED: 'Nobody listens at that address.',
  ECONNRESET: 'The connection broke off.',
  ETIMEDOUT: 'The connection took too long.',
  EHOSTUNREACH: 'There is no way to that address.',
  ENETUNREACH: 'There is no way to that address.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by nobody known.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody known.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody known.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
}

/** Of what the system says no more than its code: the rest may hold addresses. */
function sentenceOf(error: Error): string {
  if (error instanceof BadTarget) return error.message
  const code = 'code' in error ? String(error.code) : error.name
  return BY_CODE[code] ?? `The connection failed (${code}).`
}
