import { h } from 'preact'
import { ApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useHandedFocus } from './handed-focus.ts'
import { useOnDemand } from './on-demand.ts'
import { Failed, Skeleton } from './states.ts'

export interface LaterProps<Module> {
  /** The page's heading while its code is on its way; without one it is a part of a page. */
  title?: string
  fetch: () => Promise<Module>
  draw: (module: Module) => View | null
  /** What stands around the heading meanwhile, where that is not a page of the inside. */
  frame?: (title: string, inside: View) => View
  key?: string
}

const lost = () =>
  new ApiError(0, { code: 'page', message: t('A part of this page did not arrive. Reload the page, or try again.') })

/** A page, or a part of one, whose code comes when it is wanted. */
export function Later<Module extends object>({ title, fetch, draw, frame = inPage }: LaterProps<Module>): View | null {
  const { module, again } = useOnDemand(fetch)
  const here = module.value
  useHandedFocus(here)
  if (here !== null && here !== 'failed') return draw(here)
  const failure = here === 'failed' && h(Failed, { what: t('The page is not whole.'), error: lost(), again })
  if (title === undefined) return failure || null
  return frame(title, failure || h(Skeleton, { rows: 6 }))
}

function inPage(title: string, inside: View): View {
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">${title}</h1>
      ${inside}
    </div>
  `
}
