/** Answers of platforms and emote services over HTTP: in time, of bounded size, and without following anybody elsewhere. */

export const FETCH_WITHIN_MS = 15_000
/** Bytes of one answer: a full set of emotes has less than 2 MiB. */
export const MAX_ANSWER_BYTES = 8 * 1_024 * 1_024

export interface Asked {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as a form. */
  form?: Record<string, string>
  within?: number
  signal?: AbortSignal
}

export interface Answered {
  /** 200 to 599; redirects are answers like all others. */
  status: number
  headers: Headers
  text: string
}

/** The outside did not answer, or not in the form it should. The message is a sentence that a person may read. */
export class OutsideError extends Error {
  /** The answer's status; 0 = there was none. */
  readonly status: number
  constructor(message: string, status = 0, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'OutsideError'
    this.status = status
  }
}

/** One request. Throws OutsideError when there is no whole answer; every status is an answer. */
export async function fetchText(url: string, asked: Asked = {}): Promise<Answered> {
  const within = asked.within ?? FETCH_WITHIN_MS
  const late = AbortSignal.timeout(within)
  const signal = asked.signal === undefined ? late : AbortSignal.any([late, asked.signal])
  const host = URL.canParse(url) ? new URL(url).host : 'the service'
  try {
    const answer = await fetch(url, {
      method: asked.method ?? 'GET',
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json', ...(asked.body !== undefined && JSON_BODY), ...asked.headers },
      ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
      ...(asked.form !== undefined && { body: new URLSearchParams(asked.form) }),
    })
    return { status: answer.status, headers: answer.headers, text: await bounded(answer, host) }
  } catch (error) {
    if (error instanceof OutsideError) throw error
    throw new OutsideError(
      late.aborted ? `${host} did not answer within ${within} ms.` : `${host} cannot be reached.`,
      0,
      error,
    )
  }
}

/** The answer's JSON. Throws OutsideError for every status but 2xx, and for what is no JSON. */
export async function fetchJson(url: string, asked: Asked = {}): Promise<unknown> {
  const { status, text } = await fetchText(url, asked)
  const { host } = new URL(url)
  if (status < 200 || status > 299) throw new OutsideError(`${host} answered ${status}.`, status)
  return parsed(text, host, status)
}

export function parsed(text: string, host: string, status = 200): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OutsideError(`${host} answered with something that is not JSON.`, status, error)
  }
}

const JSON_BODY = { 'content-type': 'application/json' }

async function bounded(answer: Response, host: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES)
      throw new OutsideError(`${host} answered with more than ${MAX_ANSWER_BYTES} bytes.`, answer.status)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
