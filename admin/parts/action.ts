import { useSignal } from '@preact/signals'
import { asApiError } from '../api.ts'
import type { Panel } from '../state/panel.ts'

export interface Action {
  busy: boolean
  run: () => void
}

/** A press that asks the server for something: once at a time, and a refusal is told in the corner. */
export function useAction({ toasts }: Panel, act: () => Promise<void>): Action {
  const busy = useSignal(false)
  const attempt = async () => {
    busy.value = true
    try {
      await act()
    } catch (thrown) {
      toasts.failed(asApiError(thrown))
    } finally {
      busy.value = false
    }
  }
  return { busy: busy.value, run: () => void (busy.peek() || attempt()) }
}
