import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { type ApiError, asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'

export interface FormState {
  busy: Signal<boolean>
  error: Signal<ApiError | null>
  /** Field → complaint. */
  fields: Signal<Record<string, string>>
  /** Seconds until the server takes another attempt. */
  wait: Signal<number>
  onSubmit: (event: Event) => void
}

/** Sends a form once at a time, shows what was wrong where it was wrong, and puts the focus on the first of it. */
export function useForm(send: () => Promise<void>, check: () => Record<string, string> = () => ({})): FormState {
  const busy = useSignal(false)
  const error = useSignal<ApiError | null>(null)
  const fields = useSignal<Record<string, string>>({})
  const wait = useCountdown(error)
  const form = useRef<HTMLFormElement | null>(null)
  useEffect(() => focusFirstComplaint(form.current, fields.value), [fields.value])

  const attempt = async () => {
    busy.value = true
    error.value = null
    try {
      await send()
    } catch (thrown) {
      error.value = asApiError(thrown)
      fields.value = error.value.fields
      wait.value = error.value.retryAfter ?? 0
    } finally {
      busy.value = false
    }
  }
  const onSubmit = (event: Event) => {
    event.preventDefault()
    form.current = event.currentTarget as HTMLFormElement
    if (busy.value || wait.value > 0) return
    fields.value = check()
    if (Object.keys(fields.value).length === 0) void attempt()
  }
  return { busy, error, fields, wait, onSubmit }
}

function useCountdown(error: Signal<ApiError | null>): Signal<number> {
  const wait = useSignal(0)
  const counting = wait.value > 0
  useEffect(() => {
    if (!counting) return
    const timer = setInterval(() => {
      wait.value--
      if (wait.value === 0) error.value = null
    }, 1_000)
    return () => clearInterval(timer)
  }, [counting])
  return wait
}

function focusFirstComplaint(form: HTMLFormElement | null, fields: Record<string, string>): void {
  if (Object.keys(fields).length === 0) return
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}

/** The sentence above the buttons. What stands beside a field is not said twice. */
export function FormError({ form }: { form: FormState }): View | null {
  const error = form.error.value
  if (!error || Object.values(form.fields.value).includes(error.message)) return null
  if (form.wait.value > 0) {
    return html`<p class="form-error" role="alert">${t('Too many attempts. Try again in {n} s.', { n: form.wait.value })}</p>`
  }
  return html`<p class="form-error" role="alert">${error.message}</p>`
}
