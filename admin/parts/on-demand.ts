import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Code that comes when it is wanted; null while it is on its way. */
export interface OnDemand<Module> {
  module: Signal<Module | 'failed' | null>
  again: () => void
}

export function useOnDemand<Module extends object>(fetch: () => Promise<Module>): OnDemand<Module> {
  const module = useSignal<Module | 'failed' | null>(null)
  const fetchIt = async () => {
    module.value = null
    module.value = await fetch().catch(() => 'failed' as const)
  }
  useEffect(() => void fetchIt(), [])
  return { module, again: () => void fetchIt() }
}
