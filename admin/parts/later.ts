import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect } from 'preact/hooks'
import { ApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { Failed, Skeleton } from './states.ts'

export interface LaterProps<Module> {
  /** The page's heading while its code is on its way. */
  title: string
  fetch: () => Promise<Module>
  draw: (module: Module) => View | null
  key?: string
}

const LOST = new ApiError(0, {
  code: 'page',
  message: 'A part of this page did not arrive. Reload the page, or try again.',
})

/** A page whose code comes when it is wanted. */
export function Later<Module extends object>({ title, fetch, draw }: LaterProps<Module>): View | null {
  const module = useSignal<Module | 'failed' | null>(null)
  const fetchIt = async () => {
    module.value = null
    module.value = await fetch().catch(() => 'failed' as const)
  }
  useEffect(() => void fetchIt(), [])
  const here = module.value
  if (here !== null && here !== 'failed') return draw(here)
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">${title}</h1>
      ${here === null ? h(Skeleton, { rows: 6 }) : h(Failed, { what: 'The page is not whole.', error: LOST, again: () => void fetchIt() })}
    </div>
  `
}
