import type { ErrorView } from '../../server/api.ts'
import { t, told } from '../language/words.ts'

/** A call that was refused or did not arrive. The message is a sentence for the person. */
export class ApiError extends Error {
  /** 0 when no answer came. */
  readonly status: number
  readonly code: string
  /** Field → what is wrong with it. */
  readonly fields: Record<string, string>
  /** Seconds. */
  readonly retryAfter: number | null
  readonly requestId: string | null

  constructor(status: number, view: Partial<ErrorView['error']>, retryAfter: number | null = null) {
    super(view.message === undefined ? t('The server answered with {status}.', { status }) : told(view.message))
    this.name = 'ApiError'
    this.status = status
    this.code = view.code ?? 'unknown'
    this.fields = Object.fromEntries(Object.entries(view.fields ?? {}).map(([field, what]) => [field, told(what)]))
    this.retryAfter = retryAfter
    this.requestId = view.requestId ?? null
  }
}

/** Whatever was thrown, as something with a sentence. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError(0, { code: 'page', message: 'Something failed in this page. Reload it and try again.' })
}
